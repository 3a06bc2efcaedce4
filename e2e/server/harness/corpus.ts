import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Test material outside the repository: its licenses are mixed. */
const folder = new URL('../../../../shared/corpus/', import.meta.url);

export const corpusThere = existsSync(folder);

/** Real files of one kind, byte for byte. */
export const corpusFiles = (kind: 'hba' | 'conf'): readonly { readonly name: string; readonly text: Buffer }[] =>
  corpusThere
    ? readdirSync(new URL(kind, folder))
        .filter((name) => name.endsWith('.conf'))
        .map((name) => ({ name, text: readFileSync(new URL(`${kind}/${name}`, folder)) }))
    : [];

/**
 * Recorded output of servers of many versions, by case: of the server that `--version` names, or of the newest one
 * recorded if that server is newer than the corpus.
 */
export function corpusAnswers<Answer>(name: 'passwords.json' | 'startup.json', version: string) {
  const all = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, Record<string, Answer>>;
  const own = /\(PostgreSQL\) (\S+)/.exec(version)?.[1] ?? '';
  const newest = Object.keys(all).reduce((one, other) =>
    Number.parseFloat(one) < Number.parseFloat(other) ? other : one,
  );
  return all[own] ?? (Number.parseInt(own, 10) > Number.parseInt(newest, 10) ? all[newest] : undefined) ?? {};
}
