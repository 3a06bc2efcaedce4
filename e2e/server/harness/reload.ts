import { setTimeout as sleep } from 'node:timers/promises';
import type { Standing } from './deployment.ts';

/** Has the server read its files again after a change. A reload is done when the server says a later time for it. */
export async function reload(
  { administrator: admin, server }: Pick<Standing, 'administrator' | 'server'>,
  change: () => Promise<void>,
): Promise<void> {
  const loaded = async () => JSON.stringify(await admin.rows('select pg_conf_load_time()'));
  const before = await loaded();
  await change();
  server.reload();
  for (let tries = 0; tries < 100 && (await loaded()) === before; tries += 1) await sleep(20);
}
