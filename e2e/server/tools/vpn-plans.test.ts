import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveAccess, generate, type Plan } from '../../../app/core/index.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { inNamespace } from '../harness/namespace.ts';
import { until } from '../harness/until.ts';
import { place } from '../harness/writable.ts';
import { randomPlans, seed } from './random-plans.ts';

type Vpn = Extract<Plan['network'], { pattern: 'vpn' }>;
type Kind = Vpn['software']['kind'];

const PLANS = 50;

const vpnOf = ({ network }: Plan): Vpn => {
  if (network.pattern !== 'vpn') throw new Error('not a VPN');
  return network;
};

/** Random plans of tunnels, with peers of hostile names. */
const plansOf = (kind: Kind): Plan[] =>
  randomPlans(PLANS, (plan) =>
    plan.network.pattern === 'vpn' && plan.network.software.kind === kind && plan.network.peers.length > 0
      ? plan
      : undefined,
  );

const lines = (text: string): string[] => text.split('\n').filter(Boolean);

describe.skipIf(!inNamespace || !existsSync('/dev/net/tun'))('WireGuard over random plans', () => {
  let daemon: ChildProcess;
  beforeAll(async () => {
    daemon = spawn('wireguard-go', ['-f', 'postern'], { stdio: 'ignore' });
    await until('wireguard-go listens', () => existsSync('/var/run/wireguard/postern.sock'));
  });
  afterAll(() => {
    daemon?.kill('SIGKILL');
  });

  it(`has the peers, networks and endpoints of the plan once wg has read its file, ${PLANS} plans`, async () => {
    const numbers = (network: Vpn): Plan['network'] => ({
      ...network,
      // Names require a name server, and there is none here.
      peers: network.peers.map((peer, index) => ({
        ...peer,
        endpoint: peer.endpoint === null ? null : { ...peer.endpoint, host: `198.51.100.${10 + index}` },
      })),
    });
    let read = 0;
    for (const plan of plansOf('wireguard').map((one) => ({ ...one, network: numbers(vpnOf(one)) }))) {
      const { gateway, peers } = vpnOf(plan);
      const [file] = generate(plan).files.filter(({ target }) => target === '/etc/wireguard/postern.conf');
      place('/etc/wireguard/postern.conf', file?.content ?? '', 0o600);
      const { stdout } = await run('wg-quick', ['strip', 'postern']);
      writeFileSync('/run/postern/stripped.conf', stdout);
      const { code, stderr } = await run('wg', ['setconf', 'postern', '/run/postern/stripped.conf']);
      expect([code, stderr], `seed ${seed}`).toEqual([0, '']);
      const known = peers.filter(({ publicKey }) => publicKey !== null);
      const pairs = (what: string) =>
        lines(must('wg', ['show', 'postern', what])).map((line) => {
          const [key = '', ...values] = line.split(/\s+/);
          return [key, ...values.filter((value) => value !== '(none)').sort()];
        });
      const byKey = (rows: string[][]) => rows.toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
      expect(byKey(pairs('allowed-ips')), `seed ${seed}`).toEqual(
        byKey(
          known.map(({ publicKey, addresses, networks }) => [
            publicKey ?? '',
            ...[...addresses.map((one) => `${one}/${one.includes(':') ? 128 : 32}`), ...networks].sort(),
          ]),
        ),
      );
      expect(byKey(pairs('endpoints')), `seed ${seed}`).toEqual(
        byKey(
          known.map(({ publicKey, endpoint }) => [
            publicKey ?? '',
            ...(endpoint === null ? [] : [`${endpoint.host}:${endpoint.port}`]),
          ]),
        ),
      );
      expect(must('wg', ['show', 'postern', 'listen-port']).trim()).toBe(String(gateway.port));
      read += 1;
    }
    conforms({
      target: 'WireGuard',
      files: ['postern.conf'],
      judgedBy: 'wg-quick strip, then wg setconf on wireguard-go',
      tried: 'peers, networks, endpoints and port of random plans',
      plans: PLANS,
      cases: read,
    });
  });
});

const SOCKET = 'unix:///run/postern/charon.vici';
const settings = `
charon-systemd {
  filelog {
    log {
      path = /run/postern/charon.log
    }
  }
  plugins {
    vici {
      socket = ${SOCKET}
    }
    resolve {
      load = no
    }
  }
}
`;

interface Conn {
  readonly [key: string]: string;
}

describe.skipIf(!inNamespace)('strongSwan over random plans', () => {
  const env = { STRONGSWAN_CONF: '/run/postern/strongswan.conf', SWANCTL_DIR: '/etc/swanctl' };
  const swanctl = (...args: string[]) => run('swanctl', [...args, '--uri', SOCKET], { env });
  let daemon: ChildProcess;
  beforeAll(async () => {
    writeFileSync(env.STRONGSWAN_CONF, settings);
    daemon = spawn('charon-systemd', [], { stdio: 'ignore', env: { ...process.env, ...env } });
    await until('charon answers', async () => (await swanctl('--stats')).code === 0);
  });
  afterAll(() => {
    daemon?.kill('SIGTERM');
  });

  /** What charon reports: each connection with the lines below it. */
  async function held(): Promise<Conn[]> {
    const { stdout } = await swanctl('--list-conns');
    return stdout
      .split(/^(?=\S)/m)
      .filter((part) => part.trim() !== '')
      .map((part) => {
        const at = (pattern: RegExp) => (pattern.exec(part)?.[1] ?? '').trim().split(/\s+/).sort().join(' ');
        return {
          name: at(/^([^:]+):/),
          version: at(/: (IKEv2),/),
          remote: at(/^ {2}remote: +(\S+)$/m),
          localId: at(/^ {2}local .*\n(?:.*\n)*? {4}id: (.*)$/m),
          remoteId: at(/^ {2}remote .*\n(?:.*\n)*? {4}id: (.*)$/m),
          localTs: at(/^ {4}local: +(.*)$/m),
          remoteTs: at(/^ {4}remote: +(.*)$/m),
        };
      });
  }

  it(`has the connections of the plan and no other, for any peer names, ${PLANS} plans`, async () => {
    let loaded = 0;
    mkdirSync('/etc/swanctl/conf.d', { recursive: true });
    writeFileSync('/etc/swanctl/swanctl.conf', 'include conf.d/*.conf\n');
    // A connection with certificates is loaded only with its own; the secrets are dummies.
    for (const folder of ['x509', 'x509ca']) mkdirSync(`/etc/swanctl/${folder}`, { recursive: true });
    must('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-subj', '/CN=postern'],
      ...['-addext', 'subjectAltName=DNS:gateway.postern.internal', '-keyout', '/run/postern/end.key'],
      ...['-out', '/etc/swanctl/x509/postern.crt'],
    ]);
    must('cp', ['/etc/swanctl/x509/postern.crt', '/etc/swanctl/x509ca/postern-ca.crt']);
    for (const plan of plansOf('strongswan')) {
      const { gateway, peers } = vpnOf(plan);
      const files = generate(plan).files.filter(({ path }) => path.endsWith('/swanctl.conf'));
      expect(files).toHaveLength(peers.length + 1);
      const atGateway = files.filter(({ path }) => !path.startsWith('vpn-peers/'));
      const sideOf = (texts: readonly string[]) =>
        texts
          .map((one) => (one.includes('/') ? one : `${one}/${one.includes(':') ? 128 : 32}`))
          .sort()
          .join(' ');
      const server = deriveAccess(plan).plan.server.addresses;
      const database =
        gateway.placement === 'server' ? sideOf(server.vpn) : sideOf([...server.private, ...gateway.addresses]);
      place('/etc/swanctl/conf.d/postern.conf', atGateway[0]?.content ?? '', 0o600);
      const { code, stdout, stderr } = await swanctl('--load-conns');
      expect(code, `seed ${seed}: ${stdout}${stderr}\n${atGateway[0]?.content}`).toBe(0);
      const conns = await held();
      expect(new Set(conns.map(({ remoteId }) => remoteId)).size, `seed ${seed}`).toBe(peers.length);
      const summary = (rows: readonly string[][]) => rows.map((row) => row.join(' | ')).sort();
      expect(
        summary(conns.map((conn) => [conn.version ?? '', conn.remote ?? '', conn.localTs ?? '', conn.remoteTs ?? ''])),
        `seed ${seed}`,
      ).toEqual(
        summary(
          peers.map(({ endpoint, addresses, networks }) => [
            'IKEv2',
            endpoint?.host ?? '%any',
            database,
            sideOf([...addresses, ...networks]),
          ]),
        ),
      );
      loaded += conns.length;
      // The other end is the same with the sides changed.
      const index = loaded % peers.length;
      place(
        '/etc/swanctl/conf.d/postern.conf',
        files.filter(({ path }) => path.startsWith('vpn-peers/'))[index]?.content ?? '',
        0o600,
      );
      expect((await swanctl('--load-conns')).code, `seed ${seed}`).toBe(0);
      const [end, ...more] = await held();
      expect(more).toEqual([]);
      const peer = peers[index];
      const twin = conns.find(({ remoteId }) => remoteId === end?.localId);
      expect([end?.localTs, end?.remoteTs, end?.remoteId], `seed ${seed}`).toEqual([
        sideOf([...(peer?.addresses ?? []), ...(peer?.networks ?? [])]),
        database,
        twin?.localId,
      ]);
      loaded += 1;
    }
    rmSync('/etc/swanctl/conf.d/postern.conf');
    conforms({
      target: 'strongSwan',
      files: ['swanctl.conf'],
      judgedBy: 'swanctl --load-conns and --list-conns on charon',
      tried: 'connections, identities and networks of random plans, at both ends',
      plans: PLANS,
      cases: loaded,
    });
  });
});
