// Prints the start page as HTML. It runs as a process of its own, because it has the globals of a browser.
import { fileURLToPath } from 'node:url';
import { Window } from 'happy-dom';
import { runnerImport } from 'vite';

const load = async (path, options) =>
  (await runnerImport(fileURLToPath(new URL(path, import.meta.url)), { logLevel: 'error', ...options })).module;

const [{ messages }, { planShapeModule }] = [await load('./vite/messages.ts'), await load('./vite/plan-shape.ts')];

const window = new Window({ url: 'http://localhost/' });
for (const name of ['window', 'document', 'location', 'history', 'localStorage', 'sessionStorage', 'navigator'])
  Object.defineProperty(globalThis, name, { value: name === 'window' ? window : window[name], configurable: true });

const { startPage } = await load('../app/prerender.tsx', { plugins: [messages(), planShapeModule()] });
process.stdout.write(startPage());
await window.happyDOM.close();
