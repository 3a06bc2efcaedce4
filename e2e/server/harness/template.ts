import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { accountNamed } from './accounts.ts';
import { binaries } from './binaries.ts';
import { run } from './command.ts';
import { own } from './places.ts';

/** The superuser's password if a platform's installer asks for one. */
export const superuserPassword = 'superuser-secret';

/** A data directory as initdb leaves it, created once for each major and superuser; tests copy it. */
export async function template(major: number, superuser: string): Promise<string> {
  const folder = `${own}/templates/${major}-${Buffer.from(superuser).toString('hex')}`;
  if (existsSync(`${folder}/PG_VERSION`)) return folder;
  const postgres = accountNamed('postgres');
  mkdirSync(folder, { recursive: true });
  chownSync(folder, postgres.uid, postgres.gid);
  const secret = `${own}/superuser-password`;
  writeFileSync(secret, `${superuserPassword}\n`);
  const args = [
    '-D',
    folder,
    '-U',
    superuser,
    `--pwfile=${secret}`,
    '--locale=C',
    '--encoding=UTF8',
    '--no-sync',
    '-A',
    'trust',
  ];
  const made = await run(`${binaries(major)}/bin/initdb`, args, { as: postgres });
  if (made.code !== 0) throw new Error(`initdb of PostgreSQL ${major} failed:\n${made.stdout}${made.stderr}`);
  return folder;
}
