import { say } from '../../messages/message.ts';
import type { AccessModel, DatabaseToken, HbaEntry, RoleToken } from '../../model/model.ts';
import { prefixText } from '../../net/prefix.ts';
import { MARKS } from '../../postgres/hba/merged.ts';
import { pathIn } from '../../postgres/platform.ts';
import { type Hba, hba, hbaFileToken, hbaKeyword, hbaName, hbaOption, hbaToken } from '../../quote/hba.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, Block } from '../file.ts';

/** `pg_hba.conf`: the model's entries in order, one record per line; the whole file, or a block for it. */
export const hbaFile: Artifact = {
  page: 'pg-hba',
  render(model) {
    const { platform, release, plan } = model;
    const merged = plan.server.rules === 'merge';
    const blocks = hbaBlocks(writtenEntries(model), release.major);
    return [
      {
        path: 'database-server/pg_hba.conf',
        machine: 'database-server',
        target: pathIn(platform, platform.configDirectory, 'pg_hba.conf'),
        server: 'records',
        title: say('file.hba'),
        intro: [say(merged ? 'hba.merged' : 'hba.whole'), say('hba.columns')],
        language: 'hba',
        mode: 0o640,
        apply: 'reload',
        ...(merged && { merged }),
        blocks: merged ? [{ lines: [MARKS.begin] }, ...blocks, { lines: [MARKS.end] }] : blocks,
      },
    ];
  },
};

/**
 * The entries that the plan writes to the server's file. Merged into existing rules these are the records of its own
 * clients, replicas and services: superuser rules and the end of the file are left to the existing rules.
 */
export const writtenEntries = ({ plan, hbaEntries }: AccessModel): readonly HbaEntry[] =>
  plan.server.rules === 'replace'
    ? hbaEntries
    : hbaEntries.filter(
        ({ section, client, service }) =>
          section === 'clients' || section === 'replication' || client !== undefined || service !== undefined,
      );

/** Neighbours with the same reason share one comment. */
export function hbaBlocks(hbaEntries: readonly HbaEntry[], major: number): Block<'hba'>[] {
  const found: { reason: HbaEntry['reason']; lines: Hba[] }[] = [];
  for (const entry of hbaEntries) {
    const last = found.at(-1);
    if (last && last.reason.message.text === entry.reason.message.text) last.lines.push(record(entry, major));
    else found.push({ reason: entry.reason, lines: [record(entry, major)] });
  }
  return found;
}

/** Fields in PostgreSQL's order, aligned in columns as long as they fit. */
function record(entry: HbaEntry, major: number): Hba {
  const fields = [
    pad(hbaToken(entry.connection), 9),
    pad(list(entry.databases, major), 15),
    pad(list(entry.roles, major), 15),
    pad(address(entry.address), entry.address === null ? 0 : 25),
    hbaToken(entry.method),
    ...entry.options.map(([name, value]) => hbaOption(name, value)),
    ...(entry.optionFile === undefined ? [] : [hbaFileToken(entry.optionFile)]),
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

function address(of: HbaEntry['address']): Hba {
  if (of === null) return hba``;
  if (of === 'all') return hbaKeyword('all');
  return hbaToken(prefixText(of));
}
