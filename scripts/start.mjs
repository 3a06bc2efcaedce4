// npm start: install what is missing, build, serve the production build on the loopback address.
import { installNodePackages } from './lib/node-packages.mjs';
import { requireNode } from './lib/node-version.mjs';
import { main, Problem } from './lib/problem.mjs';
import { repository } from './lib/repository.mjs';

const host = '127.0.0.1';

await main(async () => {
  requireNode();
  const port = wantedPort();
  await installNodePackages(repository);

  // Vite is only certain to be installed from here on.
  const { build, preview } = await import('vite');
  try {
    await build({ root: repository, logLevel: 'warn' });
  } catch (error) {
    throw new Problem(`The build failed:\n\n${error.message}`);
  }

  const server = await serve(preview, port);
  const address = server.httpServer.address();
  if (port !== 0 && address.port !== port) console.log(`Port ${port} is taken, so another one serves.`);
  console.log(`Postern is ready at http://${host}:${address.port}/ (Ctrl-C ends it)`);

  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
      await server.close();
      process.exit(0);
    });
  }
});

function wantedPort() {
  const text = process.env.PORT ?? '4173';
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new Problem(`PORT is "${text}", which is not a port: give a whole number from 0 (any free one) to 65535.`);
  }
  return port;
}

async function serve(preview, port) {
  try {
    return await preview({
      root: repository,
      logLevel: 'warn',
      preview: { host, port, strictPort: false, open: false },
    });
  } catch (error) {
    throw new Problem(`The built pages cannot be served on ${host}: ${error.message}`);
  }
}
