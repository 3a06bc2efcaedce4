import type { Client } from '../../../app/core/index.ts';
import { type Account, accountNamed, visitor } from './accounts.ts';
import { run } from './command.ts';
import { attempt } from './connect.ts';
import type { Deployment } from './deployment.ts';
import { stranger } from './expectations.ts';

export interface LocalOutcome {
  readonly wrong: readonly string[];
  readonly accepted: number;
  readonly refused: number;
}

interface LocalTrial {
  readonly title: string;
  /** undefined if the connection succeeded, else the server's message. */
  readonly knock: () => Promise<string | undefined>;
  /** undefined: it should succeed. */
  readonly refusal?: RegExp;
}

/**
 * Connects over the local socket and the loopback address: the administrator's logins, and those of clients on the
 * server itself.
 */
export async function localWays(stands: Deployment): Promise<LocalOutcome> {
  const trials = [...socketTrials(stands), ...loopbackTrials(stands)];
  const wrong: string[] = [];
  for (const { title, knock, refusal } of trials) {
    const said = await knock();
    if (!refusal && said !== undefined) wrong.push(`${title} should get in, but: ${said}`);
    if (refusal && said === undefined) wrong.push(`${title} should be refused, but got in`);
    if (refusal && said !== undefined && !refusal.test(said))
      wrong.push(`${title} should hear ${refusal}, but: ${said}`);
  }
  const accepted = trials.filter(({ refusal }) => !refusal).length;
  return { wrong, accepted, refused: trials.length - accepted };
}

const notHere =
  /Peer authentication failed for user|no pg_hba\.conf entry for host "\[local\]"|pg_hba\.conf rejects connection for host "\[local\]"/;

function socketTrials(stands: Deployment): LocalTrial[] {
  const { plan, layout, passwordOf } = stands;
  const { socketDirectory } = layout;
  if (socketDirectory === null) return [];
  const knock = (as: Account, role: string, database: string, password?: string) => () =>
    psql(
      as,
      { PGHOST: socketDirectory, PGPORT: String(plan.server.port), PGUSER: role, PGDATABASE: database },
      password,
    );
  const clients = plan.clients.filter(({ via }) => via === 'socket');
  return [
    {
      title: 'the superuser by the local socket',
      knock: knock(accountNamed(layout.account), plan.server.superuser, 'postgres'),
    },
    {
      title: 'another account of the server as the superuser',
      knock: knock(visitor, plan.server.superuser, 'postgres'),
      refusal: notHere,
    },
    { title: 'another account as a role of no client', knock: knock(visitor, stranger, 'postgres'), refusal: notHere },
    ...clients.flatMap((client) =>
      client.roles.map((role): LocalTrial => {
        const title = `client "${client.name}" as ${role} by the local socket`;
        const database = firstDatabase(client);
        // `peer` asks the kernel for the account, so the account must have the role's name.
        return client.auth.method === 'peer'
          ? { title, knock: knock(accountNamed(role), role, database) }
          : { title, knock: knock(visitor, role, database, passwordOf(role)) };
      }),
    ),
    ...clients.flatMap((client) =>
      client.roles.map((role): LocalTrial => {
        const title = `another account as ${role} of client "${client.name}", without its password`;
        const refusal = client.auth.method === 'peer' ? notHere : /password authentication failed for user/;
        return { title, knock: knock(visitor, role, firstDatabase(client), 'not-the-password'), refusal };
      }),
    ),
  ];
}

const firstDatabase = ({ databases }: Client): string =>
  databases === 'all' ? 'postgres' : (databases[0] ?? 'postgres');

/**
 * From the server's own loopback the superuser logs in with its password, if the plan says so; Windows has no other
 * way.
 */
function loopbackTrials({ plan, passwordOf }: Deployment): LocalTrial[] {
  const { superuser, port, platform } = plan.server;
  const welcome = plan.administration.loopback || platform === 'windows';
  const knock = (address: string, password: string) => async () => {
    const outcome = await attempt({
      source: address,
      target: address,
      port,
      role: superuser,
      database: 'postgres',
      tls: null,
      replication: 'none',
      password,
    });
    return outcome.kind === 'in' ? undefined : outcome.message;
  };
  return ['127.0.0.1', '::1'].flatMap((address): LocalTrial[] => [
    {
      title: `the superuser with its password from ${address}`,
      knock: knock(address, passwordOf(superuser)),
      ...(welcome ? {} : { refusal: /^(no pg_hba\.conf entry for|pg_hba\.conf rejects connection for) host/ }),
    },
    ...(welcome
      ? [
          {
            title: `the superuser with a wrong password from ${address}`,
            knock: knock(address, 'wrong'),
            refusal: /^password authentication failed/,
          },
        ]
      : []),
  ]);
}

async function psql(as: Account, env: Record<string, string>, password?: string): Promise<string | undefined> {
  const { code, stderr } = await run('psql', ['-X', '-w', '-A', '-t', '-c', 'select 1'], {
    as,
    env: { ...env, PGCONNECT_TIMEOUT: '10', ...(password === undefined ? {} : { PGPASSWORD: password }) },
  });
  return code === 0 ? undefined : stderr.trim();
}
