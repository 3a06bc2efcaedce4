import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generate, type Plan } from '../../../app/core/index.ts';
import { makeCertificates } from '../../server/harness/certificates.ts';
import { must, type Ran, run } from '../../server/harness/command.ts';
import { snapshot } from '../../server/harness/snapshot.ts';
import { until } from '../../server/harness/until.ts';

/** Unpacks the files of a plan, with the certificates next to the scripts that install them. Returns their folder. */
export async function unpackBundle(plan: Plan, bundle: string): Promise<string | undefined> {
  rmSync(bundle, { recursive: true, force: true });
  const { files } = generate(plan);
  for (const { path, content } of files) {
    mkdirSync(dirname(`${bundle}/${path}`), { recursive: true });
    writeFileSync(`${bundle}/${path}`, content);
  }
  const { folder } = await makeCertificates(plan, files);
  if (folder === undefined) return undefined;
  cpSync(`${folder}/machines`, bundle, { recursive: true });
  return folder;
}

/** Confirms a change, and keeps the copied key for the next one: a confirmed change removes it from the bundle. */
export async function confirm(script: string, on = run): Promise<Ran> {
  const key = `${dirname(script)}/server.key`;
  const kept = existsSync(key) ? readFileSync(key) : undefined;
  const ran = await on('bash', [script, '--confirm']);
  if (kept) writeFileSync(key, kept, { mode: 0o600 });
  return ran;
}

/** What PostgreSQL writes in its data directory by itself. */
const INTERNAL = ['base', 'global', 'pg_[!hi]*', 'postmaster.*', 'log', 'current_logfiles'];

/**
 * Every file of the machine that a script could have changed, with owner, mode and content. Left out is what PostgreSQL
 * writes itself, the state and the log of apply.sh, and other logs.
 */
export function everything(): string[] {
  const skipped = INTERNAL.flatMap((name) => ['-name', name, '-o']).slice(0, -1);
  const servers = ['/var/lib/postgresql', '/var/lib/pgsql'].filter((folder) => existsSync(folder));
  const found = servers.flatMap((folder) =>
    must('find', [folder, '(', ...skipped, ')', '-prune', '-o', '-printf', '%p %y %m %U:%G %l\n']).split('\n'),
  );
  const contents = servers.flatMap((folder) =>
    must('find', [folder, '(', ...skipped, ')', '-prune', '-o', '-type', 'f', '-exec', 'sha256sum', '{}', '+']).split(
      '\n',
    ),
  );
  // The layers hold what this namespace has written anywhere in these folders.
  const written = must('sh', ['-c', 'cd /run/postern/layers && find usr/upper var/upper opt/upper srv/upper']);
  const elsewhere = written
    .split('\n')
    .filter((path) => !/^var\/upper\/(log|cache|tmp|lib\/(postern|postgresql|pgsql|systemd))\b|__pycache__/.test(path))
    .filter((path) => !/^(var\/upper(\/(lib|log|cache|tmp))?|usr\/upper\/local(\/sbin)?)$/.test(path));
  return [
    ...snapshot(['/etc', '/usr/local/sbin', '/var/tmp']),
    ...found.sort(),
    ...contents.sort(),
    ...elsewhere.sort(),
  ];
}

/** Lines that are in only one list. */
export const differences = (before: readonly string[], after: readonly string[]): string[] => [
  ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
  ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
];

const LOG = '/var/log/postern-apply.log';

/** Waits until a condition is true; the error of a failed wait contains the log of apply.sh. */
export const untilWithLog = (what: string, condition: () => boolean | Promise<boolean>): Promise<boolean> =>
  until(what, condition, () => (existsSync(LOG) ? readFileSync(LOG, 'utf8') : ''));

/** Waits until the change of a machine is rolled back, and the rollback has ended: it holds the lock until then. */
export async function rolledBack(machine: string): Promise<void> {
  const state = `/var/lib/postern/${machine}`;
  await untilWithLog('the change is rolled back', () => !existsSync(`${state}/pending`));
  await run('flock', [`${state}/lock`, 'true']);
}
