import { defaultPlan, type Plan, parsePlan } from '../../app/core/index.ts';

type Bastion = Extract<Plan['network'], { pattern: 'bastion' }>;

/** The networks of the clients of `proxyPlan`, and an address of no client. */
export const office = { four: '198.51.100.5', six: '2001:db8:20::5' };
export const agency = { four: '192.0.2.7', six: '2001:db8:30::7' };

const hostile = [
  'quo"te',
  'sameuser',
  "o'brien",
  'back\\slash',
  '#1',
  '%s',
  'a,b',
  'größe',
  '@file',
  '+admins',
  ';x',
  'a=b',
];

/** A bastion with a proxy; the office has roles with difficult names, and the agency a role of its own. */
export function proxyPlan(
  major: number,
  proxy: Bastion['proxy'],
  hashing: 'scram-sha-256' | 'md5' = 'scram-sha-256',
): Plan {
  const start = defaultPlan('bastion');
  if (start.network.pattern !== 'bastion') throw new Error('the default of bastion is a bastion');
  const [first] = start.clients;
  if (!first) throw new Error('the default of bastion has a client');
  const parsed = parsePlan({
    ...start,
    server: { ...start.server, major },
    // A client that requests PgBouncer's console waits this long: client.c of 1.18 starts the password query in the
    // console's own pool, which never has a server.
    security: { ...start.security, passwordHashing: hashing, authenticationTimeout: 5 },
    network: { ...start.network, proxy },
    clients: [
      {
        ...first,
        name: 'office',
        sources: ['198.51.100.0/28', '2001:db8:20::/64'],
        roles: ['staff', ...hostile],
        databases: proxy.kind === 'pgbouncer' ? ['app', 'all', 'sameuser', 'a.b-c_D'] : ['app', ...hostile],
      },
      {
        ...first,
        name: 'agency',
        sources: ['192.0.2.0/24', '2001:db8:30::/64'],
        roles: ['agency'],
        databases: ['reports'],
      },
    ],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}
