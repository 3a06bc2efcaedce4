import { type Message, say } from '../../messages/message.ts';
import { SUPERUSER_MAP } from '../../model/hba-entries.ts';
import { identityMap } from '../../model/identity-map.ts';
import type { AccessModel, ClientAccess } from '../../model/model.ts';
import { readsReplicas } from '../../model/replicas.ts';
import { MARKS } from '../../postgres/hba/merged.ts';
import { pathIn } from '../../postgres/platform.ts';
import { hba, hbaName, hbaToken } from '../../quote/hba.ts';
import type { Artifact, Block } from '../file.ts';

/** `pg_ident.conf`: the maps that the plan's rules name; the whole file, or a block for it. */
export const identFile: Artifact = {
  page: 'pg-ident',
  render(model) {
    const { platform, plan } = model;
    const merged = plan.server.rules === 'merge';
    const clients = clientMaps(
      model,
      model.clients.filter(({ client }) => !readsReplicas(client)),
    );
    // Merged into existing rules, the superuser keeps its existing way to log in.
    const blocks = merged ? clients : [...superuserMap(model, say('ident.superuser')), ...clients];
    if (blocks.length === 0) return [];
    return [
      {
        path: 'database-server/pg_ident.conf',
        machine: 'database-server',
        target: pathIn(platform, platform.configDirectory, 'pg_ident.conf'),
        server: 'map',
        title: say('file.ident'),
        ...(merged && { intro: [say('ident.merged')], merged }),
        language: 'hba',
        mode: 0o640,
        apply: 'reload',
        blocks: merged ? [{ lines: [MARKS.begin] }, ...blocks, { lines: [MARKS.end] }] : blocks,
      },
    ];
  },
};

/** The map that allows the server's account as a superuser with another name, where there is a local socket. */
export function superuserMap({ plan, platform, release }: AccessModel, message: Message): Block<'hba'>[] {
  const { superuser } = plan.server;
  if (platform.osUser === superuser || platform.platform === 'windows') return [];
  const line = hba`${hbaToken(SUPERUSER_MAP)} ${hbaToken(platform.osUser)} ${hbaName(superuser, release.major)}`;
  return [{ lines: [line], reason: { message, path: 'server.osUser' } }];
}

/** The map of each of these clients that has one: a line for each identity and role. */
export const clientMaps = ({ release }: AccessModel, clients: readonly ClientAccess[]): Block<'hba'>[] =>
  clients.flatMap((access): Block<'hba'>[] => {
    const map = identityMap(access);
    if (!map) return [];
    const lines = map.identities.flatMap((identity) =>
      map.roles.map((role) => hba`${hbaToken(map.name)} ${hbaToken(identity)} ${hbaName(role, release.major)}`),
    );
    return [{ lines, reason: { message: say('ident.client', { client: access.client.name }), path: map.path } }];
  });
