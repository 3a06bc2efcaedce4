import { connect, createServer, type Server } from 'node:net';
import type { Plan } from '../../../app/core/index.ts';
import { type Account, accountNamed, visitor } from './accounts.ts';
import { type Files, fileAt } from './bundle.ts';
import { installReplicaCertificate, installServerCertificate } from './certificates.ts';
import { run } from './command.ts';
import type { Deployment } from './deployment.ts';
import { seenAs, targets, triable } from './expectations.ts';
import { carry, comeFrom, cutOff } from './loopback.ts';
import { setHosts } from './places.ts';
import { inside } from './prefix.ts';
import { reload } from './reload.ts';
import { furnish, visitorEnvironment } from './visit.ts';
import { place } from './writable.ts';

export interface VerifyOutcome {
  readonly wrong: readonly string[];
  /** How often the script ran: once for each client and family of addresses. */
  readonly ran: number;
}

/** A client's location: its own address, and the addresses of the server that it uses. */
interface Place {
  readonly source: string;
  readonly servers: readonly string[];
  /** Addresses of the server on the same access path that this client cannot reach: those of the other family. */
  readonly unreachable: readonly string[];
}

/**
 * Runs the bundle's verify.sh from each client's address, and returns every failed check. Each client has a run for each
 * family; `wanted` chooses among these runs, numbered in the order of the plan, if others try the rest.
 */
export async function verifyFrom(
  stands: Deployment,
  files: Files,
  wanted: (run: number) => boolean = () => true,
): Promise<VerifyOutcome> {
  const { plan, certificates, passwordOf } = stands;
  const script = fileAt(files, 'clients/verify.sh').content;
  const wrong: string[] = [];
  let ran = 0;
  let runs = 0;
  const mine = () => wanted(runs++);
  const names = await clientNames(script);
  if (names.length !== plan.clients.length) {
    return { wrong: [`verify.sh knows ${names.length} clients of ${plan.clients.length}: ${names.join(', ')}`], ran };
  }
  for (const [index, client] of plan.clients.entries()) {
    if (!triable(client) || client.connectionLimit === 0) continue;
    const name = names[index] ?? '';
    if (client.via === 'socket') {
      const accounts = client.auth.method === 'peer' ? client.roles.slice(0, 1).map(accountNamed) : [visitor];
      for (const account of accounts.filter(mine)) {
        furnish(account, plan, certificates, passwordOf);
        wrong.push(...(await verify(account, script, name, stands.layout.socketDirectory)));
        ran += 1;
      }
      continue;
    }
    const from = places(stands, index).filter(mine);
    if (from.length === 0) continue;
    furnish(visitor, plan, certificates, passwordOf);
    if (client.endpoint === 'replica') await standForReplica(stands, files);
    for (const { source, servers, unreachable } of from) {
      carry([source]);
      for (const server of servers) comeFrom(source, server);
      const reconnect = cutOff(unreachable);
      const names = resolved(stands, client, servers);
      setHosts(namesOf(stands).map((host) => ({ name: host, addresses: names })));
      const forward =
        client.via === 'bastion' ? await forwardFrom(source, servers[0] ?? '', plan.server.port) : undefined;
      const found = await verify(visitor, script, name, null);
      wrong.push(...found.map((line) => `from ${source}: ${line}`));
      ran += 1;
      forward?.close();
      reconnect();
    }
    if (client.endpoint === 'replica') await standForPrimary(stands, files);
  }
  // A plan with so few runs that none was chosen.
  return ran === 0 && runs > 0 ? verifyFrom(stands, files) : { wrong, ran };
}

/** Makes this server answer under the replica's name, with its certificate and its records. */
async function standForReplica(stands: Deployment, files: Files): Promise<void> {
  const { network } = stands.plan;
  const [replica, another] = network.pattern === 'private' ? network.replicas : [];
  if (!replica || another) throw new Error('the harness stands for one replica at a time');
  await reload(stands, async () => {
    await installReplicaCertificate(replica.name);
    placeRecords(stands, files, (path) => path.startsWith('replicas/') && path.endsWith('/pg_hba.conf'));
  });
}

/** Makes it the primary again: its certificate and its records. */
const standForPrimary = (stands: Deployment, files: Files): Promise<void> =>
  reload(stands, async () => {
    await installServerCertificate();
    placeRecords(stands, files, (path) => path === 'database-server/pg_hba.conf');
  });

function placeRecords({ layout }: Deployment, files: Files, wanted: (path: string) => boolean): void {
  const file = files.find(({ path }) => wanted(path));
  if (!file?.target) throw new Error('the bundle has no such pg_hba.conf with a place');
  place(layout.here(file.target), layout.rewrite(file.content), file.mode ?? 0o644, accountNamed(layout.account));
}

/** The script without a client's name lists those it knows, in the plan's order. */
async function clientNames(script: string): Promise<string[]> {
  const { stdout } = await run('bash', ['-s'], { as: visitor, input: script });
  return stdout.trimEnd().split('\n').slice(1);
}

async function verify(
  account: Account,
  script: string,
  client: string,
  socketDirectory: string | null,
): Promise<string[]> {
  const path = `${account.home}/verify.sh`;
  place(path, script, 0o755, account);
  // No fail2ban runs here (e2e/lab/fail2ban.test.ts has one), so nothing bans and a pause would be pointless.
  const exempt = script.includes('--exempt') ? ['--exempt'] : [];
  const { code, stdout, stderr } = await run('bash', [path, client, ...exempt], {
    as: account,
    cwd: account.home,
    env: { ...visitorEnvironment(account), ...(socketDirectory === null ? {} : { PGHOST: socketDirectory }) },
  });
  const said = `${stdout}${stderr}`;
  const held = stdout.match(/^ok /gm)?.length ?? 0;
  if (code === 0 && held > 0 && !said.includes('NOT OK')) return [];
  return [`verify.sh ${client} ended with exit code ${code}, ${held} checks hold:\n${said.trim()}`];
}

/** An address of each family that the client has, with the server's addresses of that family on its way. */
function places({ plan }: Deployment, index: number): Place[] {
  const client = plan.clients[index];
  if (!client || client.via === 'socket') return [];
  const via = client.via;
  return ([false, true] as const).flatMap((six) => {
    const servers = targets(plan, via).filter((address) => address.includes(':') === six);
    const unreachable = targets(plan, via).filter((address) => address.includes(':') !== six);
    const network = seenAs(plan, client).find((one) => one.includes(':') === six);
    // If the server has no name, the script contains its first address, and only its family reaches it.
    const reachable = plan.server.name !== null || servers.includes(targets(plan, via)[0] ?? '');
    const source = network === undefined ? undefined : inside(network)[0];
    return source && servers.length > 0 && reachable ? [{ source, servers, unreachable }] : [];
  });
}

/**
 * What the public DNS returns for the server's name: its public addresses, where a VPN ends and other clients connect.
 * A client in a VPN gets nothing else; other clients only if the server has public addresses.
 */
function resolved({ plan }: Deployment, { via, endpoint }: Plan['clients'][number], servers: readonly string[]) {
  const published = plan.server.addresses.public;
  if (via === 'vpn') return published.length > 0 ? published : ['192.0.2.254'];
  return via === 'private' && endpoint === 'primary' && published.length > 0 ? published : servers;
}

/** The names that a client may use: the server's, and those of its replicas, which this server represents. */
const namesOf = ({ plan }: Deployment): string[] => [
  ...(plan.server.name === null ? [] : [plan.server.name]),
  ...(plan.network.pattern === 'private' ? plan.network.replicas.map(({ name }) => name) : []),
];

/** The local end of the SSH forward through the bastion; PostgreSQL sees the bastion's own address. */
function forwardFrom(bastion: string, host: string, port: number): Promise<Server> {
  const server = createServer((near) => {
    const far = connect({ host, port, localAddress: bastion });
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(localForwardPort, '127.0.0.1', () => resolve(server));
  });
}

/** Where the bundle's ssh_config opens the local end. */
const localForwardPort = 15432;
