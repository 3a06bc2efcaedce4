import { expect, it } from 'vitest';
import { defaultClient, defaultPlan, generate, MAJORS, type Plan } from '../../../app/core/index.ts';
import { identifier } from '../harness/administer.ts';
import { everyCombination, majorsOf } from '../harness/amount.ts';
import { majors } from '../harness/binaries.ts';
import { promised, stranger, type Trial } from '../harness/expectations.ts';
import { unexpected } from '../harness/knocking.ts';
import { valid } from '../harness/plans.ts';
import { proveBundle } from '../harness/proof.ts';

/** Names that have a special meaning to PostgreSQL, SQL, psql or a shell if they are not quoted. */
const names = [
  'quo"te',
  "apos'trophe",
  'two words',
  'Upper',
  '+plus',
  '/slash',
  '/a.c*',
  'all',
  'replication',
  'sameuser',
  'samerole',
  '@file',
  'comma,name',
  'hash#tag',
  'semi;colon',
  'back\\slash',
  'ends in\\',
  '$(touch x)',
  '`touch y`',
  '$$dollar$$',
  ':colon',
  '%I',
  '--dash',
  '-flag',
  '*',
  'naïve_ñ_日本',
  '{brace}',
  '~',
];

/** Three majors for each name: since 16 a name in pg_hba.conf may be a regular expression, and each has some before. */
const namesOn = (major: number) => names.filter((_, index) => majorsOf(index, 3).includes(major));

/** The one of these that runs verify.sh for it: the script quotes it the same for each. */
const verifiedOn = (name: string) => {
  const on = majorsOf(names.indexOf(name), 3);
  return on[Math.floor(names.indexOf(name) / 3) % on.length];
};

/** One client for each name, which is its role, its database and its own name. */
function hostilePlan(major: number): Plan {
  const start = defaultPlan('direct');
  const clients = namesOn(major).map((name, index) => ({
    ...defaultClient('public'),
    name,
    sources: [`198.51.100.${4 * index}/30`],
    roles: [name],
    databases: [name],
  }));
  return valid({ ...start, server: { ...start.server, major }, clients }, 'the plan of hostile names');
}

/**
 * Roles that a wrong interpretation of a name would allow: as a keyword, a group, a regular expression, or a substring.
 */
const lookalikes: Readonly<Record<string, readonly string[]>> = {
  all: ['xall', 'postern_anyone'],
  Upper: ['upper'],
  '/slash': ['slash', 'x/slash', '/slashx'],
  '/a.c*': ['/abc', 'a.c', '/a.cc'],
  '+plus': ['plus', 'member_of_plus'],
  'quo"te': ['quo', 'te', 'quote'],
  'two words': ['two', 'words'],
  'comma,name': ['comma', 'name'],
  'hash#tag': ['hash'],
  'ends in\\': ['ends in'],
  sameuser: ['postern_anyone'],
  samerole: ['postern_anyone'],
  replication: ['postern_anyone'],
  '*': ['postern_anyone'],
};

it.skipIf(majors.length < MAJORS.length)('each name is tried before 16, and since', () => {
  for (const name of names) {
    const on = majorsOf(names.indexOf(name), 3);
    expect(Math.min(...on), name).toBeLessThan(16);
    expect(Math.max(...on), name).toBeGreaterThanOrEqual(16);
    expect(on).toContain(verifiedOn(name));
  }
});

for (const major of majors) {
  const plan = hostilePlan(major);
  const here = namesOn(major);
  const pretenders = [...new Set(here.flatMap((name) => lookalikes[name] ?? []))];
  proveBundle('hostile names', plan, () => generate(plan).files, {
    verified: (run) => everyCombination || verifiedOn(here[run] ?? '') === major,
    besides: (deployment) =>
      it('means exactly those names in roles.sql and pg_hba.conf', async () => {
        const { administrator: admin } = deployment();
        const roles = await admin.rows<{ rolname: string }>(
          "select rolname from pg_roles where rolname !~ '^pg_' and oid > 10",
        );
        expect(roles.map(({ rolname }) => rolname).sort()).toEqual([...here, stranger].sort());
        const databases = await admin.rows<{ datname: string }>(
          "select datname from pg_database where datname !~ '^template' and datname <> 'postgres'",
        );
        expect(databases.map(({ datname }) => datname).sort()).toEqual([...here].sort());

        await admin.must(
          [
            ...pretenders.map((role) => `create role ${identifier(role)} login password 'x';`),
            ...(pretenders.includes('member_of_plus') ? ['grant plus to member_of_plus;'] : []),
            ...pretenders.flatMap((role) =>
              here.map((database) => `grant connect on database ${identifier(database)} to ${identifier(role)};`),
            ),
          ].join('\n'),
        );
        const places = promised(plan).filter(
          (trial, index, all) => all.findIndex(({ role }) => role === trial.role) === index,
        );
        const trials = places.flatMap((place) =>
          (lookalikes[place.role] ?? []).map(
            (role): Trial => ({
              ...place,
              role,
              title: `${role} in place of ${place.role}`,
              expected: { by: 'pg_hba.conf' },
            }),
          ),
        );
        expect(trials.length).toBeGreaterThan(0);
        expect(await unexpected(deployment(), trials)).toEqual([]);
      }),
  });
}
