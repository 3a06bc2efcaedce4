import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Serves a folder on loopback as most hosts do, compressed. */
export function serve(folder) {
  const compressed = new Map();
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://x').pathname.replace(/\/$/, '/index.html'));
    try {
      if (!compressed.has(path)) compressed.set(path, gzipSync(readFileSync(join(folder, path)), { level: 9 }));
      const type = types[extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(compressed.get(path));
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
