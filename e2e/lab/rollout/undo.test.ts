import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed, visitor } from '../../server/harness/accounts.ts';
import { alive } from '../../server/harness/alive.ts';
import { amount } from '../../server/harness/amount.ts';
import { must, type Ran, run } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { carry, comeFrom } from '../../server/harness/loopback.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { confirm, differences, everything, unpackBundle } from './bundle.ts';
import { administratorsFirewall, filterRules } from './filter.ts';
import { KillPoints } from './kill-points.ts';
import { type AppliedServer, appliedServer } from './server.ts';

const ADDRESS = '203.0.113.10';
const MAJOR = 18;
const KILLS = amount(6);

/** On this platform the change also adds a line to postgresql.conf. */
function planFor(authenticationTimeout: number): Plan {
  const start = defaultPlan('direct');
  return valid(
    {
      ...start,
      server: { ...start.server, major: MAJOR, platform: 'rhel' },
      firewall: { ...start.firewall, kind: 'none' },
      security: { ...start.security, authenticationTimeout },
    },
    'a server whose change is undone',
  );
}

describe.skipIf(!inNamespace)('undo on the database server', () => {
  const bundles = { first: `${own}/undo-first`, second: `${own}/undo-second` };
  let server: AppliedServer;
  let before: string[];
  let conf: string;
  let hba: string;

  const call = (bundle: keyof typeof bundles, args: readonly string[], env: Record<string, string> = {}) =>
    run('bash', [`${bundles[bundle]}/database-server/apply.sh`, ...args], { env });
  const must0 = async (ran: Promise<Ran>) => {
    const { code, stdout, stderr } = await ran;
    expect(code, stdout + stderr).toBe(0);
    return stdout + stderr;
  };
  const installed = async (bundle: keyof typeof bundles) => {
    // The guest of the original rules loses access.
    await must0(call(bundle, ['--replace-rules']));
    await must0(confirm(`${bundles[bundle]}/database-server/apply.sh`));
  };
  /** Someone who logs in from outside without TLS, which only the original rules allow. */
  const login = async () => {
    const conninfo = `host=${ADDRESS} dbname=postgres user=guest sslmode=disable connect_timeout=5`;
    const { code, stdout, stderr } = await run('psql', ['-XAtq', '-d', conninfo, '-c', 'select current_user'], {
      as: visitor,
      env: { PGPASSWORD: 'a password' },
    });
    return code === 0 ? stdout.trim() : /pg_hba\.conf|refused/.exec(stderr)?.[0];
  };
  const asBefore = async () => {
    expect(differences(before, everything())).toEqual([]);
    expect(await login()).toBe('guest');
  };
  const read = (path: string) => readFileSync(path, 'utf8');
  /** Removes the certificates, which an undo leaves where it does not know who installed them. */
  const removeCertificates = () => {
    for (const name of readdirSync(server.config)) if (name.startsWith('postern-')) rmSync(`${server.config}/${name}`);
  };

  beforeAll(async () => {
    server = await appliedServer(planFor(30));
    carry(['198.51.100.5']);
    comeFrom('198.51.100.5', ADDRESS);
    conf = `${server.config}/postgresql.conf`;
    hba = `${server.config}/pg_hba.conf`;
    writeFileSync(conf, `${read(conf)}\nlisten_addresses = '*'\n`);
    writeFileSync(hba, `local all all peer\nlocal all all trust\nhost all guest 198.51.100.0/24 scram-sha-256\n`);
    await server.start();
    await server.ask("set password_encryption = 'scram-sha-256'; create role guest login password 'a password'");
    await unpackBundle(planFor(30), bundles.first);
    await unpackBundle(planFor(50), bundles.second);
    before = everything();
  });
  beforeEach(() => rmSync('/var/lib/postern', { recursive: true, force: true }));
  afterAll(() => server.end());

  it('restores everything after apply.sh, and a second run has nothing to undo', async () => {
    expect(await login()).toBe('guest');
    await installed('first');
    expect(await login()).toBe('pg_hba.conf');
    const dry = await must0(call('first', ['--undo', '--dry-run']));
    expect(dry).toContain('+host all guest 198.51.100.0/24 scram-sha-256');
    expect(await login()).toBe('pg_hba.conf');
    await must0(call('first', ['--undo']));
    await asBefore();
    expect(await must0(call('first', ['--undo']))).toContain('There is nothing to undo.');
    await asBefore();
  });

  it('works without the bundle, undoes the changes of two plans one after the other, and leaves a file alone that a change did not write', async () => {
    const state = () => [read(hba), read(`${server.config}/conf.d/postern.conf`)];
    await installed('first');
    const first = state();
    const text = read(conf);
    await installed('second');
    expect(await server.ask('show authentication_timeout')).toBe('50s');
    writeFileSync(conf, `${text}work_mem = 6MB\n`);
    const kept = '/var/lib/postern/database-server/apply.sh';
    await must0(run('bash', [kept, '--undo']));
    expect(state()).toEqual(first);
    expect(read(conf)).toBe(`${text}work_mem = 6MB\n`);
    expect(await server.ask('show authentication_timeout')).toBe('30s');
    expect(await login()).toBe('pg_hba.conf');
    writeFileSync(conf, text);
    await must0(run('bash', [kept, '--undo']));
    await asBefore();
  });

  it('asks about a change of an earlier version, which kept only the files before it', async () => {
    await installed('first');
    const state = '/var/lib/postern/database-server';
    must('sh', [
      '-ec',
      'cd "$0"; mv changes/000001 backup; mv backup/before backup/set; rm -rf changes backup/after backup/left backup/kind',
      state,
    ]);
    const { code, stdout } = await call('first', ['--undo']);
    expect(code).toBe(1);
    expect(stdout).toContain(`${hba} was changed by others since`);
    expect(await login()).toBe('pg_hba.conf');
    const changed = [...stdout.matchAll(/^(\/\S+) was changed by others since:$/gm)].map(([, path]) => path ?? '');
    await must0(call('first', ['--undo', ...changed.flatMap((path) => ['--overwrite', path])]));
    expect(read(hba)).toContain('host all guest');
    expect(await login()).toBe('guest');
    removeCertificates();
    await asBefore();
  });

  describe('with later edits of others', () => {
    const edit = () => writeFileSync(conf, read(conf).replace(/^#?work_mem.*$/m, 'work_mem = 5MB'));
    beforeEach(async () => {
      await installed('first');
      edit();
      await server.ask('select pg_reload_conf()');
    });
    afterEach(async () => {
      writeFileSync(conf, original);
      await server.ask('select pg_reload_conf()');
    });
    let original: string;
    beforeAll(() => {
      original = read(conf);
    });

    it('shows them and changes nothing; with --overwrite, restores the file and sets them aside', async () => {
      const text = read(conf);
      const edited = everything();
      for (const args of [['--undo'], ['--undo', '--dry-run']]) {
        const { code, stdout, stderr } = await call('first', args);
        expect(code, stdout + stderr).toBe(1);
        expect(stdout).toContain(`${conf} was changed by others since`);
        expect(stdout).toContain('+work_mem = 5MB');
        expect(stderr).toContain(`--undo --keep ${conf}`);
        expect(stderr).toContain(`--undo --merge ${conf}`);
        expect(differences(edited, everything())).toEqual([]);
      }
      expect(await login()).toBe('pg_hba.conf');
      await must0(call('first', ['--undo', '--overwrite', conf]));
      expect(read(`/var/lib/postern/database-server/discarded${conf}`)).toBe(text);
      await asBefore();
    });

    it('leaves the file with --keep', async () => {
      const edited = read(conf);
      await must0(call('first', ['--undo', '--keep', conf]));
      expect(read(conf)).toBe(edited);
      expect(read(hba)).toContain('host all guest');
      expect(existsSync(`${server.config}/conf.d/postern.conf`)).toBe(false);
      expect(await login()).toBe('guest');
      expect(await server.ask('show work_mem')).toBe('5MB');
      // The folder that the line in it names.
      rmSync(`${server.config}/conf.d`, { recursive: true, force: true });
    });

    it('keeps the later edits with --merge', async () => {
      await must0(call('first', ['--undo', '--merge', conf]));
      expect(read(conf)).toBe(original.replace(/^#?work_mem.*$/m, 'work_mem = 5MB'));
      expect(await server.ask('show work_mem')).toBe('5MB');
      expect(await login()).toBe('guest');
    });
  });

  it.each([
    { what: 'were recorded', confirmed: true },
    { what: 'were not', confirmed: false },
  ])('restores everything after manual steps that $what', async ({ confirmed }) => {
    await must0(call('first', ['--save']));
    const { files } = generate(planFor(30));
    const { uid, gid } = accountNamed('postgres');
    for (const { path, target, content } of files)
      if (path.startsWith('database-server/') && target?.startsWith(server.config)) {
        mkdirSync(dirname(target), { recursive: true });
        const existed = existsSync(target);
        writeFileSync(target, content);
        if (!existed) chmodSync(target, 0o640);
        for (const path of [dirname(target), target]) chownSync(path, uid, gid);
      }
    writeFileSync(conf, `${read(conf)}\ninclude_dir = 'conf.d'\n`);
    // From a copy, because it removes the key that it has installed.
    const copy = `${own}/undo-manual`;
    rmSync(copy, { recursive: true, force: true });
    cpSync(`${bundles.first}/database-server`, copy, { recursive: true });
    await must0(run('bash', [`${copy}/install-certificates.sh`]));
    await server.ask('select pg_reload_conf()');
    expect(await login()).toBe('pg_hba.conf');
    if (confirmed) await must0(confirm(`${bundles.first}/database-server/apply.sh`));
    const { code, stdout, stderr } = await call('first', ['--undo']);
    expect(code, stdout + stderr).toBe(0);
    if (confirmed) await asBefore();
    else {
      // Which certificates the steps installed is known only once that is recorded.
      expect(read(hba)).toContain('host all guest');
      expect(await login()).toBe('guest');
      removeCertificates();
      await asBefore();
    }
  });

  it(`is completed by the next run after a kill at each of ${KILLS} points`, { timeout: 0 }, async () => {
    const points = new KillPoints(own);
    await installed('first');
    const changed = everything();
    const archive = `${own}/undo-installed.tar`;
    // Lines of `everything` are a path and its mode, or a checksum and a path.
    const written = differences(before, changed).flatMap(
      (line) => /^[-+] (?:[\da-f]{64} +)?(\/\S+)/.exec(line)?.[1] ?? [],
    );
    must('tar', ['-cPf', archive, '--no-recursion', ...new Set(written), '--recursion', '/var/lib/postern']);
    /** The files of the first plan, as apply.sh has installed them. */
    const putBack = async () => {
      rmSync('/var/lib/postern', { recursive: true, force: true });
      must('tar', ['-xpPf', archive]);
      expect(differences(changed, everything())).toEqual([]);
      await server.ask('select pg_reload_conf()');
    };
    await must0(call('first', ['--undo'], points.environment()));
    const total = points.count();
    let unfinished = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      alive();
      await putBack();
      const point = Math.floor(total * (0.3 + (0.68 * kill) / (KILLS - 1)));
      const script = `${bundles.first}/database-server/apply.sh`;
      const killed = await run('setsid', ['--wait', 'bash', script, '--undo'], { env: points.environment(point) });
      expect(killed.code, `at ${point}`).not.toBe(0);
      // Whatever is in place, a server starts with it.
      await server.stop();
      await server.start();
      expect(['guest', 'pg_hba.conf', 'refused'], `at ${point}`).toContain(await login());
      if (differences(before, everything()).length > 0) unfinished += 1;
      await must0(call('first', ['--undo']));
      await asBefore();
      expect(await must0(call('first', ['--undo']))).toContain('There is nothing to undo.');
    }
    expect(unfinished).toBeGreaterThan(KILLS / 6);
    conforms({
      target: 'apply.sh --undo',
      files: ['apply.sh'],
      judgedBy: `PostgreSQL ${MAJOR}, rhel layout`,
      tried: `after apply.sh, after manual steps, twice, two plans, with later edits kept, overwritten and merged; killed at ${KILLS} commands`,
      plans: 2,
      cases: KILLS + 9,
    });
  });
});

/** A bastion with a proxy, whose port the firewall filters. */
const bastionPlan = (kind: Plan['firewall']['kind']): Plan => {
  const start = defaultPlan('bastion');
  const network = { ...start.network, proxy: { kind: 'haproxy', port: 6432 } };
  return valid({ ...start, network, firewall: { ...start.firewall, kind } }, 'a bastion with a firewall');
};

/** Lines of `iptables-save` that are there without any rule. */
const ACCEPTING = / (\*filter|COMMIT|:(INPUT|FORWARD|OUTPUT) ACCEPT)$/;

describe.skipIf(!inNamespace)('undo of a firewall with later rules of others', () => {
  const bundle = `${own}/undo-firewall`;
  const apply = (...args: string[]) => run('bash', [`${bundle}/bastion/apply.sh`, ...args]);
  const must0 = async (...args: string[]) => {
    const { code, stdout, stderr } = await apply(...args);
    expect(code, stdout + stderr).toBe(0);
    return stdout + stderr;
  };
  const install = async (kind: Plan['firewall']['kind']) => {
    await unpackBundle(bastionPlan(kind), bundle);
    // Only the firewall is tried here, and no service manager runs.
    writeFileSync(`${bundle}/bastion/install-haproxy.sh`, 'true\n');
    await must0();
    await must0('--confirm');
  };

  beforeEach(() => {
    accountNamed('haproxy');
    rmSync('/var/lib/postern', { recursive: true, force: true });
    must('nft', ['flush', 'ruleset']);
  });
  afterEach(() => {
    must('nft', ['flush', 'ruleset']);
    for (const kind of ['nftables', 'iptables', 'ufw'] as const)
      for (const { target } of generate(bastionPlan(kind)).files)
        if (target?.includes('postern')) rmSync(target, { force: true });
  });

  it('nftables: tables of others stay, and a rule in our own table is asked about', async () => {
    await install('nftables');
    must(
      'nft',
      ['-f', '-'],
      'table inet later { chain input { type filter hook input priority 0; tcp dport 9 drop; }; }',
    );
    const later = must('nft', ['list', 'table', 'inet', 'later']);
    const added = ['add', 'rule', 'inet', 'postern', 'input', 'tcp', 'dport', '7', 'drop'];
    must('nft', added);
    const refused = await apply('--undo');
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('nftables was changed by others since');
    expect(refused.stdout).toMatch(/^\+\s+tcp dport 7 drop$/m);
    expect(must('nft', ['list', 'tables'])).toContain('postern');
    await must0('--undo', '--overwrite', 'nftables');
    expect(must('nft', ['list', 'tables'])).not.toContain('postern');
    expect(must('nft', ['list', 'table', 'inet', 'later'])).toBe(later);
  });

  it('iptables: rules of others stay', async () => {
    administratorsFirewall();
    const rules = filterRules();
    await install('iptables');
    for (const tool of ['iptables', 'ip6tables']) must(tool, ['-A', 'MINE', '-p', 'tcp', '--dport', '8', '-j', 'DROP']);
    await must0('--undo');
    const added = filterRules().filter((line) => !rules.includes(line));
    expect(added).toEqual(['iptables', 'ip6tables'].map((tool) => `${tool} -A MINE -p tcp -m tcp --dport 8 -j DROP`));
    expect(rules.filter((line) => !filterRules().includes(line))).toEqual([]);
  });

  describe('ufw', () => {
    const status = () => must('ufw', ['status']);
    const files = () => everything().filter((line) => /\/etc\/(default\/)?ufw/.test(line));
    afterEach(() => {
      must('ufw', ['--force', 'reset']);
      for (const name of readdirSync('/etc/ufw')) if (name.includes('.rules.2')) rmSync(`/etc/ufw/${name}`);
    });

    it('that was off stays on, with the rules of others and SSH', async () => {
      await install('ufw');
      must('ufw', ['allow', '8080/tcp', 'comment', 'a later rule']);
      await must0('--undo');
      const added = must('ufw', ['show', 'added']);
      expect(status()).toContain('Status: active');
      expect(added).toContain('8080');
      expect(added).toContain('postern ssh');
      expect(added).not.toMatch(/postern (postgresql|proxy|tunnel)/);
      const rules = filterRules().join('\n');
      expect(rules).toContain('iptables :INPUT DROP');
      expect(rules).toContain('--dport 8080');
      expect(await must0('--undo')).toContain('There is nothing to undo.');
    });

    it('that was off stays on for its own undo script, too', async () => {
      await install('ufw');
      must('ufw', ['allow', '8080/tcp']);
      must('bash', [`${bundle}/bastion/firewall/ufw-undo.sh`]);
      expect(status()).toContain('Status: active');
      expect(must('ufw', ['show', 'added'])).toContain('postern ssh');
    });

    it('that was on keeps its rules and those added since', async () => {
      must('ufw', ['allow', '22/tcp']);
      must('ufw', ['--force', 'enable']);
      const before = files();
      const rules = filterRules();
      await install('ufw');
      await must0('--undo');
      expect(differences(before, files())).toEqual([]);
      expect(filterRules()).toEqual(rules);
      await install('ufw');
      must('ufw', ['allow', '8080/tcp']);
      await must0('--undo');
      expect(status()).toContain('Status: active');
      const added = must('ufw', ['show', 'added']);
      expect(added).toContain('ufw allow 22/tcp');
      expect(added).toContain('ufw allow 8080/tcp');
      expect(added).not.toMatch(/postern (postgresql|proxy|tunnel)/);
    });

    it('that was off and has no later rules is off again, and filters nothing', async () => {
      const before = files();
      await install('ufw');
      expect(filterRules()).toContain('iptables :INPUT DROP');
      expect(filterRules()).toContain('ip6tables :INPUT DROP');
      await must0('--undo');
      expect(differences(before, files())).toEqual([]);
      expect(filterRules().filter((line) => !ACCEPTING.test(line))).toEqual([]);
      expect(status()).toContain('Status: inactive');
    });
  });
});
