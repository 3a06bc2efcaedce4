import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installPrograms } from '../debian-packages.mjs';
import { runInNamespace } from '../in-namespace.mjs';
import { leavesMachineAsItWas } from '../machine.mjs';
import { privateNamespace } from '../namespace.mjs';
import { installPostgres, majors } from '../postgres-packages.mjs';
import { together, unavailable } from '../reports.mjs';
import { results } from '../repository.mjs';

/** What the harness calls, besides PostgreSQL itself. */
export const serverPrograms = ['unshare', 'ip', 'openssl', 'psql', 'python3'];

/** Two processes, each with half the majors in a namespace of its own, keep two cores busy. */
const shards = [0, 1].map((shard) => majors.filter((_, index) => index % 2 === shard));

const figures = join(results, 'server-figures');

export const server = {
  name: 'server',
  about: 'the generated files on PostgreSQL 11 to 18',
  async run() {
    const missing = (await installPrograms(serverPrograms)) ?? (await installPostgres());
    if (missing) return unavailable(missing);
    const namespace = await privateNamespace();
    if (namespace.missing) return unavailable(namespace.missing);

    rmSync(figures, { recursive: true, force: true });
    mkdirSync(figures, { recursive: true });
    const report = await leavesMachineAsItWas(async () => {
      const reports = await Promise.all(
        shards.map((shard) =>
          runInNamespace(namespace, {
            name: `server-${shard.join('-')}`,
            tests: ['e2e/server/proofs'],
            env: { POSTERN_MAJORS: shard.join(','), POSTERN_FIGURES: figures },
            limit: 2400,
          }),
        ),
      );
      return together(reports);
    });
    return { ...report, notes: [...report.notes, ...figureLines()] };
  },
};

/** Each proof leaves its figures as one small file; the sum is what the closing note of a run quotes. */
function figureLines() {
  const all = readdirSync(figures).map((file) => JSON.parse(readFileSync(join(figures, file), 'utf8')));
  const sum = (key) => all.reduce((total, one) => total + (one[key] ?? 0), 0);
  return [
    `${all.length} bundles proven on a real server (plans × majors): ${sum('accepted')} connections accepted, ` +
      `${sum('refused')} refused as expected, ${sum('verified')} runs of verify.sh`,
  ];
}
