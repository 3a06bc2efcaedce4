import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Client, defaultClient, defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { binaries, majors } from '../harness/binaries.ts';
import { conforms } from '../harness/conformance.ts';
import { inNamespace } from '../harness/namespace.ts';
import { type Libpq, openLibpq } from '../harness/open-libpq.ts';
import { own } from '../harness/places.ts';
import { valid } from '../harness/plans.ts';

const names = ['#hash', '[open', 'close]', ';semi', 'a=b', "'quoted'", '"', 'back\\', '$HOME', '日本', 'n'.repeat(63)];

const client = (name: string, role: string, database: string, changes: Partial<Client> = {}): Client => ({
  ...defaultClient('private'),
  name,
  sources: ['10.0.1.0/24'],
  roles: [role],
  databases: [database],
  ...changes,
});

/** Names of every kind, and a client with a list of replicas of this length. */
function planOf(replicas: number, major: number): Plan {
  const start = defaultPlan('private');
  if (start.network.pattern !== 'private') throw new Error('the default of a private subnet is none');
  return valid(
    {
      ...start,
      server: { ...start.server, major },
      network: {
        ...start.network,
        replicas: Array.from({ length: replicas }, (_, index) => ({
          name: `reporting-replica-${index}.of-a-long-subdomain.db.example.com`,
          addresses: [`10.0.2.${20 + index}`],
        })),
      },
      clients: [
        client('Reporting', 'reporting', 'shop', { endpoint: 'replica' }),
        ...names.map((name) => client(name, name, name)),
      ],
    },
    'a plan with long names',
  );
}

interface Service {
  readonly name: string;
  readonly user: string | undefined;
  readonly database: string | undefined;
}

const serviceFile = (plan: Plan): string =>
  generate(plan).files.find(({ path }) => path === 'clients/pg_service.conf')?.content ?? '';

const servicesIn = (content: string): Service[] =>
  content
    .split(/^(?=\[)/m)
    .filter((section) => section.startsWith('['))
    .map((section) => {
      const value = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(section)?.[1];
      return { name: /^\[(.*)\]$/m.exec(section)?.[1] ?? '', user: value('user'), database: value('dbname') };
    });

/** Keywords added to libpq after 11: each is a syntax error for an older one, only in its own service. */
const withoutNewerWords = (content: string) =>
  content.replace(/^(channel_binding|sslnegotiation|load_balance_hosts)=.*\n/gm, '');

const file = `${own}/pg_service.conf`;

async function read(libpq: Libpq, content: string): Promise<(Service & { readonly message: string })[]> {
  writeFileSync(file, content);
  const found = [];
  for (const { name } of servicesIn(content)) {
    const { message, user, database } = await libpq.connect(`service=${name} connect_timeout=1`);
    found.push({ name, user, database, message: /too long|syntax error/.exec(message)?.[0] ?? '' });
  }
  return found;
}

describe.skipIf(!inNamespace)('pg_service.conf', () => {
  it.each(majors)('is read completely by libpq %i, except for what it says older ones do not read', async (major) => {
    const libpq = openLibpq(`${binaries(major)}/lib/libpq.so.5`, { PGSERVICEFILE: file, PGCONNECT_TIMEOUT: '1' });
    let cases = 0;
    try {
      for (const [replicas, lists] of [
        [1, 'short'],
        [6, 'longer'],
        [20, 'unread'],
      ] as const) {
        const content = withoutNewerWords(serviceFile(planOf(replicas, 18)));
        const services = servicesIn(content);
        expect(services.length).toBe(names.length + (lists === 'unread' ? 0 : 1));
        expect(services.map(({ user }) => user)).toEqual(expect.arrayContaining(names));
        const found = await read(libpq, content);
        const tooLong = lists === 'longer' && major < 14 ? ['reporting'] : [];
        expect(found.filter(({ message }) => message !== '').map(({ name }) => name)).toEqual(tooLong);
        expect(found.flatMap(({ message: _, ...one }) => (tooLong.includes(one.name) ? [] : [one]))).toEqual(
          services.filter(({ name }) => !tooLong.includes(name)),
        );
        cases += found.length;
      }
    } finally {
      libpq.close();
    }
    conforms({
      target: 'pg_service.conf',
      files: ['pg_service.conf'],
      judgedBy: `libpq ${major}`,
      tried: 'every service, with hostile names and lists of hosts up to and beyond what a line holds',
      plans: 3,
      cases,
    });
  });

  it.each(majors)('libpq %i reads lines up to the length that Postern states', async (major) => {
    const libpq = openLibpq(`${binaries(major)}/lib/libpq.so.5`, { PGSERVICEFILE: file });
    try {
      const most = major < 14 ? 253 : 1021;
      for (const [length, expected] of [
        [most, ''],
        [most + 1, 'too long'],
      ] as const) {
        const head = '[x]\nhost=/nowhere\n';
        for (const long of [`user=${'u'.repeat(length - 5)}`, `# ${'c'.repeat(length - 2)}`]) {
          const [found] = await read(libpq, `${head}${long}\ndbname=d\n`);
          expect({ length, message: found?.message }).toEqual({ length, message: expected });
        }
      }
    } finally {
      libpq.close();
    }
  });
});
