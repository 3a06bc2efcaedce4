/** Bytes that a browser transfers until the first step can be used: the page and what it loads immediately, gzipped. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const root = new URL('../dist/', import.meta.url);
const weight = (path) => gzipSync(readFileSync(new URL(path, root)), { level: 9 }).length;

const page = readFileSync(new URL('index.html', root), 'utf8');
// A browser does not request a disabled style sheet.
const requested = page.replace(/<link rel="stylesheet" disabled [^>]*>/, '');
const first = [...requested.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path);
let sum = weight('index.html');
console.log(`${String(sum).padStart(8)}  index.html`);
for (const path of first) {
  const bytes = weight(path);
  sum += bytes;
  console.log(`${String(bytes).padStart(8)}  ${path}`);
}
console.log(`${String(sum).padStart(8)}  until the first step can be used, gzip`);
const later = readdirSync(new URL('assets/', root)).filter((name) => !first.includes(`assets/${name}`));
const rest = later.reduce((total, name) => total + weight(`assets/${name}`), 0);
console.log(`${String(rest).padStart(8)}  ${later.length} files loaded when they are needed, gzip`);
