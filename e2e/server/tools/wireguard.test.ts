import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generate, type Plan } from '../../../app/core/index.ts';
import { fileNamed } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { namedPlans } from '../harness/plans.ts';
import { place } from '../harness/writable.ts';

const vpnPlans = namedPlans().filter(({ plan }) => plan.network.pattern === 'vpn');

/** A key pair created by `wg`; only the public half is in a plan. */
const publicKey = (): string => must('wg', ['pubkey'], must('wg', ['genkey'])).trim();

/** The plan once every machine has run make-key.sh. */
function withKeys(plan: Plan): Plan {
  if (plan.network.pattern !== 'vpn') return plan;
  const { gateway, peers } = plan.network;
  return {
    ...plan,
    network: {
      ...plan.network,
      gateway: { ...gateway, publicKey: publicKey() },
      peers: peers.map((peer) => ({ ...peer, publicKey: publicKey() })),
    },
  };
}

const interfaces = (plan: Plan) =>
  generate(plan).files.filter(({ target }) => target?.startsWith('/etc/wireguard/') && target.endsWith('.conf'));

/** The sections of an INI file, each with its keys; a key may occur more than once. */
function sections(content: string): { name: string; get: (key: string) => string[] }[] {
  return content
    .split(/^\[/m)
    .slice(1)
    .map((part) => {
      const [name = '', ...lines] = part.split('\n');
      const pairs = lines.flatMap((line) => /^(\w+) *= *(.*)$/.exec(line)?.slice(1, 3) ?? []);
      return {
        name: name.replace(']', ''),
        get: (key) =>
          pairs.flatMap((value, index) =>
            index % 2 === 0 && value === key ? (pairs[index + 1] ?? '').split(/, */) : [],
          ),
      };
    });
}

describe.skipIf(!inNamespace).each(vpnPlans)('the tunnel of $name', ({ plan }) => {
  it('is read by wg-quick on every machine', async () => {
    const proven = withKeys(plan);
    const files = interfaces(proven);
    expect(files.length).toBeGreaterThan(1);
    for (const { content, path, mode } of files) {
      // It must not be readable by others, because it may contain a key.
      expect(mode, path).toBe(0o600);
      place('/etc/wireguard/postern.conf', content, 0o600);
      const { code, stdout, stderr } = await run('wg-quick', ['strip', 'postern']);
      expect(code, `${path}: ${stderr}`).toBe(0);
      expect(stderr, path).toBe('');
      expect(stdout, path).toMatch(/^\[Interface\]$/m);
      // The rest is for wg, which supports neither addresses nor commands.
      expect(stdout, path).not.toMatch(/^(Address|PostUp|PreUp|PostDown|Table|DNS)/m);
      expect(stdout, `${path} holds a private key`).not.toMatch(/^PrivateKey/m);
    }
  });

  it('gives each peer its own addresses and networks on the gateway, and no two peers the same', () => {
    const proven = withKeys(plan);
    if (proven.network.pattern !== 'vpn') throw new Error('not a VPN');
    const { peers, gateway } = proven.network;
    const [atGateway, ...others] = interfaces(proven);
    const entries = sections(atGateway?.content ?? '').filter(({ name }) => name === 'Peer');
    const expected = peers.map((peer) => ({
      key: [peer.publicKey],
      allowed: [...peer.addresses.map((address) => `${address}/${address.includes(':') ? 128 : 32}`), ...peer.networks],
    }));
    expect(entries.map(({ get }) => ({ key: get('PublicKey'), allowed: get('AllowedIPs') }))).toEqual(expected);
    expect(others.length).toBe(peers.length);
    for (const { content } of others) {
      const [gatewayEntry] = sections(content).filter(({ name }) => name === 'Peer');
      expect(gatewayEntry?.get('PublicKey')).toEqual([gateway.publicKey]);
    }
  });

  it('creates its key on the machine, once, readable by root only', async () => {
    const script = fileNamed(generate(plan).files, 'make-key.sh');
    rmSync('/etc/wireguard', { recursive: true, force: true });
    const first = await run('bash', ['-s'], { input: script?.content ?? 'exit 1' });
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout.trim()).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(must('stat', ['-c', '%a %U', '/etc/wireguard/postern.key']).trim()).toBe('600 root');
    const second = await run('bash', ['-s'], { input: script?.content ?? 'exit 1' });
    expect(second.stdout).toBe(first.stdout);
  });
});
