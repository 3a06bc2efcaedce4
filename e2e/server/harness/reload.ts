import type { Standing } from './deployment.ts';
import { until } from './until.ts';

/**
 * Makes the server read its files again after a change. A reload is done when the server reports a later time for it.
 */
export async function reload(
  { administrator: admin, server }: Pick<Standing, 'administrator' | 'server'>,
  change: () => Promise<void>,
): Promise<void> {
  const loaded = async () => JSON.stringify(await admin.rows('select pg_conf_load_time()'));
  const before = await loaded();
  await change();
  server.reload();
  await until('the server has read its files again', async () => (await loaded()) !== before);
}
