import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate, type Plan } from '../../../app/core/index.ts';
import { must } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { serverAddresses } from '../../server/harness/expectations.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own, setHosts } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { until } from '../../server/harness/until.ts';
import {
  cutWire,
  fromOutside,
  type Knock,
  keepKnocking,
  layWire,
  routeFromOutside,
} from '../../server/harness/wire.ts';
import { confirm, rolledBack, unpackBundle } from './bundle.ts';
import {
  bootWithDocker,
  docker,
  dockerLog,
  emptyFilter,
  forget,
  importImage,
  installEngine,
  removeEngine,
  untilDockerAnswers,
} from './docker-engine.ts';
import type { Booted } from './machine.ts';

const SECONDS = 15;
const bundles = { first: `${own}/host-first`, second: `${own}/host-second` };
const project = '/srv/shop';
const SUBNET = '172.30.0.0/24';
const SUBNET6 = 'fd00:d0c::/64';
const config = '/var/lib/docker/volumes/shop_data/_data/18/docker';

const preset: Plan = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../public/presets/docker-host.json', import.meta.url)), 'utf8'),
);
const plan = valid({ ...preset, rollout: { confirmSeconds: SECONDS } }, 'the preset of a Docker host');
const [client] = plan.clients;
if (!client) throw new Error('the preset has a client');
/** The same, with the other containers of the Compose project as a client. */
const withProject = valid(
  { ...plan, clients: [...plan.clients, { ...client, name: 'web', via: 'public', sources: [SUBNET] }] },
  'a Docker host with its project',
);
const [v4, v6] = serverAddresses(plan) as [string, string];
const listed = { v4: '198.51.100.17', v6: '2001:db8:20:1::17' };
const unlisted = { v4: '192.0.2.66', v6: '2001:db8:66::66' };

const OTHER = 15432;

/** Clients that must never get a TCP connection: by the published addresses, and by the containers' own. */
const outsiders = {
  IPv4: { source: unlisted.v4, target: v4, port: 5432 },
  IPv6: { source: unlisted.v6, target: v6, port: 5432 },
  'the container': { source: unlisted.v4, target: '172.30.0.10', port: 5432 },
  /** The port of another container stays open. Each connection costs a PostgreSQL process, so it is tried less often. */
  other: { source: unlisted.v4, target: v4, port: OTHER, pause: 250 },
};

describe.skipIf(!inNamespace || docker.missing !== undefined)(
  `a Docker host${docker.missing ? ` (${docker.missing})` : ''}`,
  () => {
    let machine: Booted;
    let tried = 0;
    let logins = 0;
    let serverVersion = '';
    let ca = '';
    const sh = (script: string) => machine.run('bash', ['-c', `cd ${project}; ${script}`]);
    const mustSh = async (script: string) => {
      const { code, stdout, stderr } = await sh(script);
      if (code !== 0) throw new Error(`${script}: ${stdout}${stderr}\n${dockerLog()}`);
      return stdout.trim();
    };
    const apply = (bundle: keyof typeof bundles, ...args: string[]) =>
      machine.run('bash', [`${bundles[bundle]}/database-server/apply.sh`, ...args]);
    const mustApply = async (...args: Parameters<typeof apply>) => {
      const { code, stdout, stderr } = await apply(...args);
      expect(code, `${args.join(' ')}: ${stdout.slice(-1500)}${stderr}\n${dockerLog()}`).toBe(0);
      return stdout;
    };
    const ready = () =>
      until(
        'PostgreSQL answers',
        async () => (await sh("docker compose exec -T -u postgres db psql -XAtqc 'select 1'")).stdout === '1\n',
        async () => `${(await sh('docker compose logs --no-color --tail 20')).stdout}\n${dockerLog()}`,
      );
    const published = () => mustSh("docker inspect -f '{{json .HostConfig.PortBindings}}' $(docker compose ps -q db)");
    const state = async () => {
      const files = [
        ...['postgresql.conf', 'conf.d/postern.conf', 'pg_hba.conf', 'pg_ident.conf'].map(
          (name) => `${config}/${name}`,
        ),
        `${project}/compose.postern.yaml`,
        `${project}/compose.yaml`,
        '/etc/postern/postern-server.key',
        '/etc/systemd/system/docker.service.d',
        '/usr/local/sbin/postern-docker-user',
      ].map((path) => {
        if (!existsSync(path)) return { path };
        const found = statSync(path);
        const { uid, gid, mode } = found;
        return { path, uid, gid, mode, text: found.isFile() ? readFileSync(path, 'utf8') : '' };
      });
      const { stdout: user } = await sh(
        'iptables -S DOCKER-USER; iptables -S POSTERN-DOCKER; ip6tables -S DOCKER-USER',
      );
      return { files, ports: await published(), user };
    };
    let before: Awaited<ReturnType<typeof state>>;

    /** Runs `change` while everyone who must not connect keeps trying. */
    const withoutWindow = async <T>(
      what: string,
      change: () => Promise<T>,
      more: Readonly<Record<string, Knock>> = {},
    ): Promise<T> => {
      const stop = keepKnocking<string>({ ...outsiders, ...more });
      try {
        return await change();
      } finally {
        const { other, ...others } = await stop();
        // This also shows that the attempts can succeed.
        expect.soft(other?.accepted.length, `${what}: the port of another container`).toBeGreaterThan(5);
        for (const [who, { tried: attempts, accepted }] of Object.entries(others)) {
          tried += attempts;
          expect.soft(accepted.length, `${what}: ${who} connected, of ${attempts} tries`).toBe(0);
          expect.soft(attempts, what).toBeGreaterThan(20);
        }
      }
    };
    const login = async (source: string, target: string) => {
      logins += 1;
      const { code, stdout, stderr } = await fromOutside(
        source,
        target,
        'psql',
        [
          '-XAtqc',
          "select current_user || ' ' || version from pg_stat_ssl where pid = pg_backend_pid()",
          `host=${plan.server.name} hostaddr=${target} dbname=app user=app sslmode=verify-full sslrootcert=${ca} connect_timeout=3`,
        ],
        { PGPASSWORD: 'a password' },
      );
      return code === 0 ? stdout.trim() : stderr.trim();
    };
    const fromProject = async () => {
      const { stdout, stderr } = await sh(
        `docker compose exec -T -e PGPASSWORD='a password' web psql -XAtqc 'select current_user' 'host=db dbname=app user=app sslmode=require'`,
      );
      return (stdout + stderr).trim();
    };
    const confirmed = async (bundle: keyof typeof bundles) =>
      expect((await confirm(`${bundles[bundle]}/database-server/apply.sh`, machine.run)).code).toBe(0);
    const rolesOf = (bundle: keyof typeof bundles) =>
      mustSh(
        `docker compose exec -T -u postgres db psql -h /var/run/postgresql -p 5432 -d postgres <${bundles[bundle]}/database-server/roles.sql`,
      );
    /** Packets that the rule for everyone else has dropped. */
    const dropped = async () =>
      Number(/^\s*(\d+).*DROP.*ctstate DNAT/m.exec(await mustSh('iptables -nvxL POSTERN-DOCKER'))?.[1]);
    const holds = async () => {
      await ready();
      expect(await login(listed.v4, v4)).toMatch(/^app TLSv1\.3$/);
      // At once: each waits until its time is over.
      for (const said of await Promise.all([login(unlisted.v4, v4), login(unlisted.v6, v6)]))
        expect(said).toContain('timeout expired');
    };
    const judged = () => {
      const version = (command: string, args: readonly string[]) => must(command, args).trim();
      const engine = version('docker', ['version', '--format', '{{.Server.Version}}']);
      const compose = version('docker', ['compose', 'version', '--short']);
      conforms({
        target: 'Docker',
        files: ['apply.sh', 'compose.postern.yaml', 'docker-user.sh', 'docker.service.d/postern.conf', 'pg_hba.conf'],
        judgedBy: `Docker ${engine}, Docker Compose ${compose} and ${serverVersion}, ${must('systemctl', ['--version']).split('\n')[0]} as process 1`,
        tried: `going forward, a second plan, undo, no confirmation, restart of Docker and of the machine, power cut, IPv6: ${logins} logins of listed and other clients; TCP connections of others, tried all the time meanwhile`,
        plans: 2,
        cases: tried + logins,
      });
    };
    const reboot = async () => {
      await machine.cut();
      forget();
      for (const tool of ['iptables', 'ip6tables']) emptyFilter(tool);
      machine = await bootWithDocker();
      await untilDockerAnswers(machine);
    };

    beforeAll(async () => {
      for (const folder of ['/var/lib/postern', '/etc/postern']) rmSync(folder, { recursive: true, force: true });
      mkdirSync('/etc/docker', { recursive: true });
      layWire([v4, v6], [...Object.values(listed), ...Object.values(unlisted)]);
      routeFromOutside(SUBNET, v4);
      setHosts([{ name: plan.server.name ?? '', addresses: [v4, v6] }]);
      installEngine();
      machine = await bootWithDocker();
      await untilDockerAnswers(machine);
      await importImage(machine);
      mkdirSync(project, { recursive: true });
      const others = 'image: postgres:18\n    restart: unless-stopped\n';
      writeFileSync(
        `${project}/compose.yaml`,
        `services:
  db:
    ${others}    environment: { POSTGRES_PASSWORD: a password }
    volumes: ["data:/var/lib/postgresql"]
    networks: { default: { ipv4_address: 172.30.0.10 } }
  web:
    ${others}    environment: { POSTGRES_PASSWORD: a password }
    ports: ["${v4}:${OTHER}:5432"]
    networks: { default: { ipv4_address: 172.30.0.20 } }
volumes:
  data: {}
networks:
  default: { ipam: { config: [{ subnet: ${SUBNET} }] } }
`,
      );
      await mustSh('docker compose up -d');
      await ready();
      await mustSh("docker compose exec -T -u postgres db psql -c 'create database app'");
      ca = `${await unpackBundle(plan, bundles.first)}/ca.crt`;
      await unpackBundle(withProject, bundles.second);
      serverVersion = (await mustSh('docker compose exec -T db postgres --version')).replace(
        /^postgres \(PostgreSQL\)/,
        'PostgreSQL',
      );
      before = await state();
    });
    afterAll(async () => {
      await machine?.run('systemctl', ['stop', 'docker']);
      await machine?.cut();
      removeEngine();
      cutWire();
      for (const folder of ['/var/lib/postern', '/etc/postern', '/etc/docker', project])
        rmSync(folder, { recursive: true, force: true });
    });

    it('opens for the listed client, and for nobody else at any moment', async () => {
      await withoutWindow('going forward', async () => {
        await mustApply('first');
        await confirmed('first');
      });
      await rolesOf('first');
      await mustSh(`docker compose exec -T -u postgres db psql -c "alter role app password 'a password'"`);
      await holds();
      expect(await dropped()).toBeGreaterThan(0);
      expect(Object.keys(JSON.parse(await published()))).toEqual(['5432/tcp']);
      expect(
        JSON.parse(await published())['5432/tcp'].map(({ HostIp: address }: { HostIp: string }) => address),
      ).toEqual(['127.0.0.1', '::1', v4, v6]);
    });

    it('names what it blocks for other containers of the project', async () => {
      expect(generate(plan).findings.map(({ id }) => id)).toContain('docker-project');
      expect(await fromProject()).toContain('pg_hba.conf rejects connection for host "172.30.0.20"');
      // Without IPv6 in its network, the container sees the bridge instead of the client.
      expect(generate(plan).findings.map(({ id }) => id)).toContain('docker-source');
      expect(await login(listed.v6, v6)).toContain('pg_hba.conf rejects connection for host "172.30.0.1"');
    });

    it('lets other containers of the project connect if they are in the plan', async () => {
      await withoutWindow('a second plan', async () => {
        await mustApply('second');
        await confirmed('second');
      });
      await holds();
      expect(await fromProject()).toBe('app');
    });

    it('keeps the rules when Docker restarts', async () => {
      await withoutWindow('a restart of Docker', async () => {
        await mustSh('systemctl restart docker');
        await holds();
      });
      await withoutWindow('a restart of the machine', async () => {
        await reboot();
        await holds();
      });
    });

    it('is undone, one change after the other, and again', async () => {
      await withoutWindow('undo', async () => {
        await mustApply('second', '--undo');
        await holds();
        expect(await fromProject()).toContain('pg_hba.conf rejects connection');
        await mustApply('first', '--undo');
      });
      await ready();
      expect(await state()).toEqual(before);
      expect(await fromProject()).toContain('server does not support SSL');
      expect(await mustApply('first', '--undo')).toContain('There is nothing to undo.');
      expect(await state()).toEqual(before);
    });

    it('rolls back a change that nobody confirms', async () => {
      await withoutWindow('no confirmation', async () => {
        await mustApply('first', '--replace-rules');
        await holds();
        await rolledBack('database-server');
      });
      await ready();
      expect(await state()).toEqual(before);
    });

    it('rolls back after a power cut', async () => {
      await withoutWindow('a power cut', async () => {
        await mustApply('first', '--replace-rules');
        await reboot();
        await rolledBack('database-server');
      });
      await ready();
      expect(await state()).toEqual(before);
    });

    it('sees IPv6 clients if Docker and the network have IPv6', async () => {
      writeFileSync('/etc/docker/daemon.json', '{ "experimental": true, "ip6tables": true }\n');
      await mustSh('docker compose down');
      await mustSh('systemctl restart docker');
      const compose = readFileSync(`${project}/compose.yaml`, 'utf8');
      writeFileSync(
        `${project}/compose.yaml`,
        compose
          .replace(
            `{ ipam: { config: [{ subnet: ${SUBNET} }] } }`,
            `{ enable_ipv6: true, ipam: { config: [{ subnet: ${SUBNET} }, { subnet: "${SUBNET6}" }] } }`,
          )
          .replace('ipv4_address: 172.30.0.10', 'ipv4_address: 172.30.0.10, ipv6_address: "fd00:d0c::10"'),
      );
      await mustSh('docker compose up -d');
      await ready();
      routeFromOutside(SUBNET6, v6);
      const direct = { source: unlisted.v6, target: 'fd00:d0c::10', port: 5432 };
      await withoutWindow(
        'with IPv6',
        async () => {
          await mustApply('first', '--replace-rules');
          await confirmed('first');
          await holds();
          expect(await login(listed.v6, v6)).toBe('app TLSv1.3');
          await mustApply('first', '--undo');
        },
        { 'the container, IPv6': direct },
      );
      judged();
    });
  },
);
