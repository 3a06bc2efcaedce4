import { describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan, SETTINGS, type SettingFacts } from '../../../app/core/index.ts';
import { administrator } from '../harness/administer.ts';
import { majorsOf } from '../harness/amount.ts';
import { majors } from '../harness/binaries.ts';
import { type Files, type ProvenFile, settingsFile } from '../harness/bundle.ts';
import { type Standing, stand } from '../harness/deployment.ts';
import { inNamespace } from '../harness/namespace.ts';
import { namedPlans, onMajor } from '../harness/plans.ts';
import { startServer } from '../harness/server.ts';

interface Setting {
  readonly name: string;
  readonly setting: string;
  readonly context: string;
}

/** `name = value  # restart`: the drop-in states how each setting takes effect. */
const statement = /^(\w+) = .*# (restart|reload)$/gm;

const statements = (files: Files): ReadonlyMap<string, string> =>
  new Map([...settingsFile(files).content.matchAll(statement)].map(([, name = '', apply = '']) => [name, apply]));

const inForce = (
  { administrator: admin }: Pick<Standing, 'administrator'>,
  names: Iterable<string>,
): Promise<Setting[]> =>
  admin.rows(
    `select name, setting, context from pg_settings where name in (${[...names].map((name) => `'${name}'`).join(', ')}) order by name`,
  );

async function during<Result>(standing: Standing, ask: (standing: Standing) => Promise<Result>): Promise<Result> {
  try {
    return await ask(standing);
  } finally {
    await standing.server.stop();
  }
}

describe.skipIf(!inNamespace).each(namedPlans().map(({ name, plan }, at) => ({ name, plan, at })))(
  'the settings of $name',
  ({ plan: anyMajor, at }) => {
    // The table of settings is compared with every major below, so a plan needs one.
    it.each(majorsOf(at, 1))(
      'say restart or reload as PostgreSQL %i does, and are the same by ALTER SYSTEM',
      async (major) => {
        const plan = onMajor(anyMajor, major);
        const { files } = generate(plan);
        const said = statements(files);
        const byDropIn = await during(await stand(plan, files), (standing) => inForce(standing, said.keys()));
        expect(said.size).toBeGreaterThan(5);
        expect(byDropIn.map(({ name, context }) => [name, context === 'postmaster' ? 'restart' : 'reload'])).toEqual(
          [...said].sort(([a], [b]) => (a < b ? -1 : 1)),
        );
        const byAlterSystem = await during(await standByAlterSystem(plan, files), (standing) =>
          inForce(standing, said.keys()),
        );
        expect(byAlterSystem).toEqual(byDropIn);
      },
    );
  },
);

describe.skipIf(!inNamespace)('the table of settings', () => {
  it.each(majors)('has the contexts of PostgreSQL %i, and names only what it knows', async (major) => {
    const plan = onMajor(defaultPlan('direct'), major);
    const table: [string, SettingFacts][] = Object.entries(SETTINGS);
    const known = table.filter(([, { since = 11, until = 99 }]) => since <= major && major <= until);
    const settings = await during(await stand(plan, generate(plan).files), (standing) =>
      inForce(standing, Object.keys(SETTINGS)),
    );
    expect(settings.map(({ name, context }) => [name, context])).toEqual(
      known.map(([name, { context }]) => [name, context]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    );
  });
});

const withoutPlace = ({ path, content }: ProvenFile): ProvenFile => ({ path, content });

/** A server without the drop-in, to which alter-system.sql was given, restarted as that file says. */
async function standByAlterSystem(plan: Plan, files: Files): Promise<Standing> {
  const script = files.find(({ path }) => path === 'database-server/alter-system.sql');
  if (!script) throw new Error('The bundle has no alter-system.sql');
  // Neither the drop-in nor the line that includes it.
  const besides = files.filter(({ path }) => !path.endsWith('.append'));
  const standing = await stand(
    plan,
    besides.map((file) => (file === settingsFile(files) ? withoutPlace(file) : file)),
  );
  try {
    // Until the restart it listens where its packages put it.
    const { must } = administrator({ ...plan, server: { ...plan.server, port: 5432 } }, standing.layout);
    await must(standing.layout.rewrite(script.content));
  } finally {
    await standing.server.stop();
  }
  return { ...standing, server: await startServer(plan.server.major, standing.layout) };
}
