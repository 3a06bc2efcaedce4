import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, defaultPlan, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../../server/harness/accounts.ts';
import { type Ran, run } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { attempt } from '../../server/harness/connect.ts';
import { serverAddresses } from '../../server/harness/expectations.ts';
import { layoutOf } from '../../server/harness/layout.ts';
import { carry, clearLoopback } from '../../server/harness/loopback.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { freshServer } from '../../server/harness/server.ts';
import { until } from '../../server/harness/until.ts';
import { confirm, differences, everything, unpackBundle } from './bundle.ts';
import { BASE, type Directory, directory, READER, SERVER } from './directory.ts';

/** The version of Debian 12, whose package has LDAP; those from npm are built without it. */
const MAJOR = 15;
const bin = `/usr/lib/postgresql/${MAJOR}/bin`;
const missing = !existsSync(`${bin}/postgres`);

const bundle = `${own}/directory-bundle`;
const folder = `${bundle}/database-server`;
const stored = `/etc/postern-ldap/main/${SERVER}`;

/** Characters that are special to pg_hba.conf or a shell. */
const SECRET = "pa\"ss wörd#,$(id) 'x' @y\\";
const PERSON = 'the password of a person';
/** The secret in another rule. */
const OTHERS = 'others"" secret';

function planFor(bindDn: string | null, rules: Plan['server']['rules'] = 'replace'): Plan {
  const start = defaultPlan('direct');
  const auth: Client['auth'] = {
    method: 'ldap',
    server: SERVER,
    port: 636,
    tls: 'ldaps',
    bind: { kind: 'search', baseDn: BASE, attribute: 'uid', bindDn },
  };
  return valid(
    {
      ...start,
      server: { ...start.server, major: MAJOR, rules },
      clients: start.clients.map((client) => ({ ...client, auth, roles: ['app'], databases: ['postgres'] })),
      firewall: { ...start.firewall, kind: 'none' },
      rollout: { confirmSeconds: 120 },
    },
    'a client that logs in with LDAP',
  );
}

describe.skipIf(!inNamespace || missing)(`search+bind in a directory that refuses anonymous searches`, () => {
  const plan = planFor(READER);
  const layout = layoutOf(plan);
  const account = accountNamed('postgres');
  /** Its own, and the one that a restart by apply.sh starts. */
  const log = () =>
    [`${account.home}/log`, '/var/log/postern-server.log']
      .map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : ''))
      .join('');
  let company: Directory;
  let ca = '';

  const control = (...args: string[]) =>
    run(`${bin}/pg_ctl`, [...args, '-D', layout.dataDirectory, '-w', '-t', '30'], { as: account });
  const ask = async (statement: string) => {
    const { code, stdout, stderr } = await run(
      'psql',
      ['-XAtq', '-h', '/var/run/postgresql', '-d', 'postgres', '-c', statement],
      { as: account },
    );
    if (code !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const apply = (...args: string[]): Promise<Ran> => run('bash', [`${folder}/apply.sh`, ...args]);
  const enter = (input: string, ...args: string[]): Promise<Ran> =>
    run('bash', [`${folder}/enter-ldap-password.sh`, ...args], { input });
  const unpack = async (of: Plan) => {
    const made = await unpackBundle(of, bundle);
    ca = readFileSync(`${made}/ca.crt`, 'utf8');
  };
  const login = async (password = PERSON): Promise<string> => {
    const [source] = plan.clients[0]?.sources ?? [];
    const from = source?.split('/')[0] ?? '';
    carry([from]);
    const [target = ''] = plan.server.addresses.public;
    const outcome = await attempt({
      source: from,
      target,
      port: 5432,
      role: 'app',
      database: 'postgres',
      replication: 'none',
      tls: { ca, name: plan.server.name ?? target },
      password,
    });
    return outcome.kind === 'in' ? outcome.user : outcome.message;
  };
  const refused = 'LDAP authentication failed for user "app"';

  beforeAll(async () => {
    clearLoopback();
    carry(serverAddresses(plan));
    rmSync('/var/lib/postern', { recursive: true, force: true });
    await freshServer(MAJOR, 'postgres', layout);
    const rules = `${layout.configDirectory}/pg_hba.conf`;
    const others = `host all nobody 10.9.9.9/32 ldap ldapserver=old.example.com ldapbasedn=x ldapbindpasswd="${OTHERS}"\n`;
    writeFileSync(rules, `local all all peer\n${others}`);
    company = await directory({ reader: SECRET, app: PERSON });
    const options = `-c config_file=${layout.configDirectory}/postgresql.conf -c fsync=off`;
    const started = await control('start', '-o', options, '-l', `${account.home}/log`);
    if (started.code !== 0) throw new Error(started.stdout + started.stderr + log());
    await ask('create role app login');
    await ask('create role nobody login');
  });
  afterAll(async () => {
    await control('stop', '-m', 'immediate');
    await company.stop();
    rmSync('/var/lib/postern', { recursive: true, force: true });
    rmSync('/etc/postern-ldap', { recursive: true, force: true });
  });

  it('allows nobody without a bind DN', async () => {
    await unpack(planFor(null));
    const done = await apply('--replace-rules');
    expect(done.code, done.stdout + done.stderr).toBe(0);
    expect(await login()).toBe(refused);
    expect(log()).toMatch(/could not (search LDAP|perform initial LDAP bind)/);
    expect((await apply('--undo')).code).toBe(0);
  });

  it('changes nothing before the password of the bind DN is entered', async () => {
    await unpack(plan);
    const before = everything();
    for (const mode of ['--apply', '--dry-run', '--check']) {
      const stopped = await apply('--replace-rules', mode);
      expect(stopped.code, mode).not.toBe(0);
      expect(stopped.stdout + stopped.stderr).toContain(`the LDAP password of ${READER} was not entered`);
    }
    expect(differences(before, everything())).toEqual([]);
  });

  it.each([
    ['an empty one', '\n', 'The password is empty.'],
    ['none at all', '', 'There is no password on standard input.'],
    ['one with a tab', 'a\tb\n', 'control character'],
    ['one from Windows', 'secret\r\n', 'control character'],
    ['one that older minor releases cannot read', `${'x'.repeat(241)}\n`, 'longer than 240 bytes'],
  ])('rejects %s', async (_, input, message) => {
    const { code, stderr } = await enter(input);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(existsSync(stored)).toBe(false);
  });

  it('prompts for the password twice at a terminal and does not show it', async () => {
    const typed = (...lines: string[]) =>
      run('script', ['-qec', `bash ${folder}/enter-ldap-password.sh`, '/dev/null'], { input: `${lines.join('\n')}\n` });
    const differ = await typed('one', 'other');
    expect([differ.code, differ.stdout]).toEqual([1, expect.stringContaining('The two passwords differ.')]);
    expect(existsSync(stored)).toBe(false);
    const same = await typed(SECRET, SECRET);
    expect(same.code, same.stdout).toBe(0);
    expect(same.stdout).toContain(`Password of ${READER} on ${SERVER}: `);
    expect(readFileSync(stored, 'utf8')).toBe(`ldapbindpasswd="${SECRET.replaceAll('"', '""')}"\n# ${READER}\n`);
    rmSync(stored);
  });

  it('allows the user with the bind DN, and not with another password', async () => {
    const entered = await enter(SECRET, SERVER);
    expect(entered.code, entered.stderr).toBe(0);
    const { mode, uid } = statSync(stored);
    expect([(mode & 0o777).toString(8), uid]).toEqual(['600', account.uid]);
    const rules = readFileSync(`${layout.configDirectory}/pg_hba.conf`, 'utf8');
    const dry = await apply('--replace-rules', '--dry-run');
    expect(dry.code, dry.stdout + dry.stderr).toBe(0);
    expect(dry.stdout).toContain('ldapbindpasswd=...');
    expect(dry.stdout).toMatch(/nobody: host all nobody .*ldapbindpasswd=\*\*\*/);
    expect(dry.stdout + dry.stderr).not.toContain('secret');
    const done = await apply('--replace-rules');
    expect(done.code, done.stdout + done.stderr).toBe(0);
    expect(await login()).toBe('app');
    expect(await login('wrong')).toBe(refused);
    expect((await confirm(`${folder}/apply.sh`)).code).toBe(0);
    const again = await apply();
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('in place already')]);
    const said = [entered, dry, done, again].map(({ stdout, stderr }) => stdout + stderr).join('');
    expect(said).not.toContain('pa"');
    expect(readFileSync('/var/log/postern-apply.log', 'utf8')).not.toMatch(/pa"|others"/);
    expect(log()).toContain(`@${stored}`);
    expect(log()).not.toContain('pa"');
    const found = await run('grep', ['-rlF', 'pa""ss', bundle, '/var/lib/postern', layout.configDirectory, '/etc']);
    expect(found.stdout.trim()).toBe(stored);

    company.trust(false);
    expect(await login()).toBe(refused);
    company.trust(true);
    expect(await login()).toBe('app');

    await enter('not the password');
    expect(await ask('select pg_reload_conf()')).toBe('t');
    await until('the wrong password of the bind DN is in use', async () => (await login()) === refused);
    expect(log()).toContain(`could not perform initial LDAP bind for ldapbinddn "${READER}"`);
    await enter(SECRET);
    await ask('select pg_reload_conf()');
    await until('the right one is in use again', async () => (await login()) === 'app');

    const undone = await apply('--undo');
    expect(undone.code, undone.stdout + undone.stderr).toBe(0);
    expect(undone.stdout + undone.stderr).not.toMatch(/pa"|secret/);
    expect(readFileSync(`${layout.configDirectory}/pg_hba.conf`, 'utf8')).toBe(rules);
  });

  it('allows the user if other rules are kept', async () => {
    await unpack(planFor(READER, 'merge'));
    const before = readFileSync(`${layout.configDirectory}/pg_hba.conf`, 'utf8');
    const done = await apply();
    expect(done.code, done.stdout + done.stderr).toBe(0);
    expect(await login()).toBe('app');
    expect(readFileSync(`${layout.configDirectory}/pg_hba.conf`, 'utf8').startsWith(before)).toBe(true);
    expect((await apply('--undo')).code).toBe(0);
    expect(readFileSync(`${layout.configDirectory}/pg_hba.conf`, 'utf8')).toBe(before);
    conforms({
      target: 'LDAP bind password',
      files: ['enter-ldap-password.sh', 'pg_hba.conf'],
      judgedBy: `OpenLDAP that refuses anonymous searches, and PostgreSQL ${MAJOR} of Debian`,
      tried: 'logins with and without a bind DN, with a wrong password of each, and with an untrusted CA',
      plans: 3,
      cases: 9,
      notCovered: 'Active Directory itself; versions other than 15, whose packages here have no LDAP',
    });
  });
});
