import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, defaultPlan, type Plan } from '../../../app/core/index.ts';
import { majors } from '../../server/harness/binaries.ts';
import { type Ran, run } from '../../server/harness/command.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { steps } from '../../server/harness/readme.ts';
import { place } from '../../server/harness/writable.ts';
import { unpackBundle } from './bundle.ts';
import { type AppliedServer, appliedServer } from './server.ts';

const bundle = `${own}/oauth-bundle`;
const script = `${bundle}/database-server/apply.sh`;
const MAJOR = majors.filter((major) => major >= 18)[0];

/** A map of the user's own, without a newline at its end. */
const MAPS = '# company file\ncompany /^(.*)@EXAMPLE\\.COM$ \\1';

/** Runs a command as another account, in a namespace without sudo. */
const SUDO = `#!/bin/bash
if [ "$1" = -u ]; then
  account=$2; shift 2
  exec setpriv --reuid "$(id -u "$account")" --regid "$(id -g "$account")" --clear-groups "$@"
fi
exec "$@"
`;

const oauth = (validator: string): Extract<Client['auth'], { method: 'oauth' }> => ({
  method: 'oauth',
  issuer: 'https://login.example.com',
  scope: 'openid',
  validator,
  options: [],
  clientId: null,
  mapping: { kind: 'map', identities: ['maria@example.com', 'a "b" #\\1'] },
});

function planFor(
  rules: Plan['server']['rules'],
  auth: Client['auth'] = oauth('pg_oidc_validator'),
  major = MAJOR,
): Plan {
  const start = defaultPlan('direct');
  return valid(
    {
      ...start,
      server: { ...start.server, major, rules },
      clients: start.clients.slice(0, 1).map((client) => ({ ...client, name: 'office', auth })),
      firewall: { ...start.firewall, kind: 'none' },
      rollout: { confirmSeconds: 60 },
    },
    'a client with OAuth',
  );
}

describe.skipIf(!inNamespace || MAJOR === undefined)('apply.sh with a client that uses OAuth', () => {
  let server: AppliedServer;
  const apply = (...args: string[]): Promise<Ran> => run('bash', [script, ...args]);
  const must = async (...args: string[]) => {
    const { code, stdout, stderr } = await apply(...args);
    expect(code, stdout + stderr).toBe(0);
    return stdout;
  };
  const maps = () => `${server.config}/pg_ident.conf`;
  const shown = (sql: string) => server.ask(sql);

  beforeAll(async () => {
    server = await appliedServer(planFor('merge'));
    await server.start();
  });
  afterAll(() => server.end());

  it.each(['merge', 'replace'] as const)(
    'installs the setting, the rules and the map, and undoes them twice: %s',
    async (rules) => {
      rmSync('/var/lib/postern', { recursive: true, force: true });
      writeFileSync(maps(), MAPS);
      await shown('select pg_reload_conf()');
      await unpackBundle(planFor(rules), bundle);
      await must(...(rules === 'replace' ? ['--replace-rules'] : []));
      await must('--confirm');
      expect(await shown('show oauth_validator_libraries')).toBe('pg_oidc_validator');
      expect(
        await shown("select count(*) from pg_hba_file_rules where auth_method = 'oauth' and error is null"),
      ).not.toBe('0');
      expect(
        await shown(
          "select string_agg(concat_ws(' ', map_name, sys_name, pg_username), '|' order by map_number) from pg_ident_file_mappings where error is null",
        ),
      ).toBe(
        [
          ...(rules === 'merge' ? ['company /^(.*)@EXAMPLE\\.COM$ \\1'] : []),
          'postern-office maria@example.com app',
          'postern-office a "b" #\\1 app',
        ].join('|'),
      );
      const text = readFileSync(maps(), 'utf8');
      if (rules === 'merge') expect(text.startsWith(`${MAPS}\n# BEGIN Postern\n`)).toBe(true);
      expect(await apply()).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('The files are in place already.'),
      });
      expect(readFileSync(maps(), 'utf8')).toBe(text);
      for (const _ of ['once', 'twice']) {
        await apply('--undo');
        expect(readFileSync(maps(), 'utf8')).toBe(MAPS);
        expect(await shown('show oauth_validator_libraries')).toBe('');
        expect(await shown("select count(*) from pg_hba_file_rules where auth_method = 'oauth'")).toBe('0');
      }
    },
  );

  it('adds the map where pg_ident.conf does not exist, and removes the file again', async () => {
    rmSync('/var/lib/postern', { recursive: true, force: true });
    rmSync(maps());
    await unpackBundle(planFor('merge'), bundle);
    await must();
    expect(readFileSync(maps(), 'utf8').startsWith('# BEGIN Postern\n')).toBe(true);
    await must('--undo');
    expect(() => readFileSync(maps())).toThrow('ENOENT');
    writeFileSync(maps(), MAPS);
  });

  it('the manual steps find that another list overrides the plan before they restart the server', async () => {
    rmSync('/var/lib/postern', { recursive: true, force: true });
    const stubs = `${own}/oauth-stubs`;
    place(`${stubs}/sudo`, SUDO, 0o755);
    const path = `${server.config}/pg_hba.conf`;
    const before = readFileSync(path, 'utf8');
    await shown("alter system set oauth_validator_libraries = 'other'");
    await shown('select pg_reload_conf()');
    const loaded = await shown('select pg_conf_load_time()');
    await unpackBundle(planFor('replace'), bundle);
    const manual = steps(readFileSync(`${bundle}/manual-steps.md`, 'utf8')).filter(({ script: commands }) =>
      /psql|pg_hba\.conf|pg_ident\.conf|postern\.conf|restart/.test(commands),
    );
    const results: string[] = [];
    for (const { script: commands } of manual) {
      if (commands.includes('systemctl')) break;
      const { code, stdout, stderr } = await run('bash', ['-euo', 'pipefail', '-c', commands], {
        cwd: bundle,
        env: { PATH: `${stubs}:${server.bin}:/usr/sbin:/usr/bin:/sbin:/bin` },
      });
      expect(code, stderr).toBe(0);
      results.push(stdout);
    }
    expect(results.at(-1)).toContain('is not permitted by oauth_validator_libraries');
    expect(results.slice(0, -1).join('')).not.toContain('is not permitted');
    expect(await shown('select pg_conf_load_time()')).not.toBe(loaded);
    // The server still runs with its earlier rules, and would not start with these.
    await server.stop();
    await expect(server.start()).rejects.toThrow('could not load');
    writeFileSync(path, before);
    writeFileSync(maps(), MAPS);
    rmSync(`${server.config}/conf.d/postern.conf`);
    await server.start();
    await shown('alter system reset oauth_validator_libraries');
    await shown('select pg_reload_conf()');
  });

  it('changes nothing if lines of another author belong to a map of the plan, also in an included file', async () => {
    rmSync('/var/lib/postern', { recursive: true, force: true });
    const included = `${server.config}/company_ident.conf`;
    const text = `${MAPS}\npostern-office eve app\ninclude company_ident.conf\n# BEGIN Postern\npostern-office earlier app\n# END Postern\n`;
    writeFileSync(included, 'postern-office mallory app\npostern-OFFICE other app\n');
    writeFileSync(maps(), text);
    await unpackBundle(planFor('merge'), bundle);
    const refused = await apply();
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain(`  postern-office eve app (${maps()} line 3)`);
    expect(refused.stderr).toContain(`  postern-office mallory app (${included} line 1)`);
    expect(refused.stderr).not.toMatch(/earlier|postern-OFFICE|company /);
    expect(readFileSync(maps(), 'utf8')).toBe(text);
    writeFileSync(maps(), text.replace('postern-office eve app\ninclude company_ident.conf\n', ''));
    await must();
    expect(
      await shown(
        "select string_agg(sys_name, ',' order by map_number) from pg_ident_file_mappings where map_name = 'postern-office'",
      ),
    ).toBe('maria@example.com,a "b" #\\1');
    await must('--undo');
    rmSync(included);
    writeFileSync(maps(), MAPS);
  });

  it('changes nothing if the list would give another validator to a rule that names none', async () => {
    rmSync('/var/lib/postern', { recursive: true, force: true });
    const path = `${server.config}/pg_hba.conf`;
    const conf = `${server.config}/postgresql.conf`;
    const [rules, settings] = [readFileSync(path, 'utf8'), readFileSync(conf, 'utf8')];
    const other = 'hostssl other all 10.9.0.0/16 oauth issuer=https://other.example scope=x';
    for (const [list, changes] of [
      ['own', true],
      ['', true],
      ['pg_oidc_validator', false],
    ] as const) {
      writeFileSync(path, `${rules}\n${other}\n`);
      writeFileSync(conf, `oauth_validator_libraries = '${list}'\n${settings}`);
      await shown('select pg_reload_conf()');
      await unpackBundle(planFor('merge'), bundle);
      const ran = await apply();
      expect(ran.code === 0, ran.stdout + ran.stderr).toBe(!changes);
      if (changes) {
        expect(ran.stderr).toContain('would get another validator than now');
        expect(ran.stderr).toMatch(
          list === ''
            ? / {2}\S+ line \d+: oauth_validator_libraries must be set/
            : / {2}hostssl other all .* validator=own/,
        );
        expect(readFileSync(path, 'utf8')).toBe(`${rules}\n${other}\n`);
      } else await must('--undo');
    }
    writeFileSync(path, rules);
    writeFileSync(conf, settings);
    await shown('select pg_reload_conf()');
  });

  it('changes nothing if another rule needs a library that the plan leaves out', async () => {
    rmSync('/var/lib/postern', { recursive: true, force: true });
    const path = `${server.config}/pg_hba.conf`;
    const conf = `${server.config}/postgresql.conf`;
    const [rules, settings] = [readFileSync(path, 'utf8'), readFileSync(conf, 'utf8')];
    writeFileSync(
      path,
      `${rules}\nhostssl other all 10.9.0.0/16 oauth issuer=https://other.example scope=x validator=own\n`,
    );
    writeFileSync(conf, `oauth_validator_libraries = 'own'\n${settings}`);
    await shown('select pg_reload_conf()');
    await unpackBundle(planFor('merge'), bundle);
    const refused = await apply();
    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain('validator "own" is not permitted by oauth_validator_libraries');
    expect(readFileSync(maps(), 'utf8')).toBe(MAPS);
    writeFileSync(path, rules);
    writeFileSync(conf, settings);
  });
});

/** The options `validator.NAME` exist from 19 on, and pg_hba_file_rules does not show them. */
describe.skipIf(!inNamespace || !majors.includes(19))('existing OAuth rules with options of their validator', () => {
  let server: AppliedServer;
  let text = '';
  const planWith = (rules: Plan['server']['rules'], options: string[]): Plan => {
    const plan = planFor(rules, { ...oauth('pg_oidc_validator'), options }, 19);
    const own = { sources: ['198.51.100.0/28'], databases: ['app'], roles: ['app'] };
    return { ...plan, clients: plan.clients.map((client) => ({ ...client, ...own })) };
  };
  const record = 'hostssl app app 198.51.100.0/28 oauth';
  const existing = 'issuer="https://login.example.com" scope=openid validator=pg_oidc_validator map=postern-office';
  const said = async (rules: Plan['server']['rules'], options: string[], line: string) => {
    writeFileSync(`${server.config}/pg_hba.conf`, `${text}\n${line}\n`);
    await server.ask('select pg_reload_conf()');
    await unpackBundle(planWith(rules, options), bundle);
    const { stdout, stderr } = await run('bash', [script, '--dry-run']);
    return stdout + stderr;
  };

  beforeAll(async () => {
    server = await appliedServer(planWith('merge', []));
    writeFileSync(
      `${server.config}/postgresql.conf`,
      `oauth_validator_libraries = 'pg_oidc_validator'\n${readFileSync(`${server.config}/postgresql.conf`, 'utf8')}`,
    );
    await server.start();
    text = readFileSync(`${server.config}/pg_hba.conf`, 'utf8').replace(/^host.*$/gm, '');
    await server.ask('create role app login');
    await server.ask('create database app');
  });
  afterAll(() => server.end());

  it.each<[string, string[], string, boolean]>([
    ['no options on either side', [], `${record} ${existing}`, false],
    ['other options in the existing rule', [], `${record} ${existing} validator.audience=other`, true],
    ['options in the plan only', ['audience=app'], `${record} ${existing}`, true],
    ['other options on both sides', ['audience=app'], `${record} ${existing} validator.audience=other`, true],
    ['options after a line break', [], `${record} ${existing} valid\\\nator.audience=other`, true],
    ['options in quotes', [], `${record} ${existing} "valid"ator.audience="other"`, true],
    [
      'the same line',
      ['audience=app'],
      `${record} ${existing.replace(' map=', ' validator.audience=app map=')}`,
      false,
    ],
  ])('are other rules than those of the plan: %s', async (_, options, line, differs) => {
    const merged = await said('merge', options, line);
    const replaced = await said('replace', options, line);
    expect(merged.includes('decide about clients of this plan before the plan does'), merged).toBe(differs);
    expect(replaced.includes('  app: hostssl app app'), replaced).toBe(differs);
    expect(merged + replaced).not.toMatch(/psql:|ERROR/);
    expect(merged.match(/^ {2}hostssl app app .*$/m)?.[0] ?? '').not.toContain('audience=other');
  });
});
