import type { DatabaseToken, Grant, RoleToken } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { prefixText } from '../../net/prefix.ts';
import { pathIn } from '../../postgres/platform.ts';
import { type Hba, hba, hbaKeyword, hbaName, hbaOption, hbaToken } from '../../quote/hba.ts';
import { join } from '../../quote/template.ts';
import type { Block } from '../file.ts';
import type { Artifact } from '../list.ts';

/** `pg_hba.conf`, whole: the model's grants in their order, one record a line. */
export const hbaFile: Artifact = {
  page: 'pg-hba',
  render({ grants, platform, release }) {
    return [
      {
        path: 'database-server/pg_hba.conf',
        machine: 'database-server',
        target: pathIn(platform, platform.configDirectory, 'pg_hba.conf'),
        title: say('file.hba'),
        intro: [say('hba.whole'), say('hba.columns')],
        language: 'hba',
        mode: 0o640,
        apply: 'reload',
        blocks: hbaBlocks(grants, release.major),
      },
    ];
  },
};

/** Neighbours with the same reason share one comment. */
export function hbaBlocks(grants: readonly Grant[], major: number): Block<'hba'>[] {
  const found: { reason: Grant['reason']; lines: Hba[] }[] = [];
  for (const grant of grants) {
    const last = found.at(-1);
    if (last && last.reason.message.text === grant.reason.message.text) last.lines.push(record(grant, major));
    else found.push({ reason: grant.reason, lines: [record(grant, major)] });
  }
  return found;
}

/** Fields in PostgreSQL's order, in columns as long as they fit. */
function record(grant: Grant, major: number): Hba {
  const fields = [
    pad(hbaToken(grant.connection), 9),
    pad(list(grant.databases, major), 15),
    pad(list(grant.roles, major), 15),
    pad(address(grant.address), grant.address === null ? 0 : 25),
    hbaToken(grant.method),
    ...grant.options.map(([name, value]) => hbaOption(name, value)),
  ];
  return join(
    fields.filter((field) => field !== ''),
    ' ',
  );
}

const pad = (text: Hba, columns: number): Hba => text.padEnd(columns) as Hba;

const list = (tokens: readonly (DatabaseToken | RoleToken)[], major: number): Hba =>
  join(
    tokens.map((token) => (token.kind === 'name' ? hbaName(token.name, major) : hbaKeyword(token.kind))),
    ',',
  );

function address(of: Grant['address']): Hba {
  if (of === null) return hba``;
  if (of === 'all') return hbaKeyword('all');
  return hbaToken(prefixText(of));
}
