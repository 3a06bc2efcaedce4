import { chownSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultPlan, type Plan } from '../../../app/core/index.ts';
import { everyCombination, inTurn } from '../../server/harness/amount.ts';
import { passphraseFile } from '../../server/harness/certificates.ts';
import { must, run } from '../../server/harness/command.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { unpackBundle } from './bundle.ts';
import { type AppliedServer, appliedServer } from './server.ts';

const bundle = `${own}/accepted-bundle`;
const script = `${bundle}/database-server/apply.sh`;

function planFor(platform: 'debian' | 'rhel', major: number): Plan {
  const start = defaultPlan('direct');
  return valid(
    {
      ...start,
      server: { ...start.server, platform, major },
      firewall: { ...start.firewall, kind: 'none' },
      rollout: { confirmSeconds: 60 },
    },
    'files that are good',
  );
}

/** Existing states before apply.sh runs, which the server accepts. */
const present: readonly {
  readonly what: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: string;
  /** Above the existing lines, where an entry at the end would override the plan. */
  readonly above?: true;
  readonly env?: Readonly<Record<string, string>>;
  /** A usual run makes the complete change, too: one case of each kind, and those that concern what it writes. */
  readonly whole?: true;
}[] = [
  { what: 'LC_CTYPE=UTF-8, which macOS sends over SSH', env: { LANG: '', LC_CTYPE: 'UTF-8' } },
  { what: 'a LANG that is not installed', env: { LANG: 'de_CH.UTF-8', LANGUAGE: 'de' } },
  { what: 'an LC_ALL that is not installed', env: { LC_ALL: 'xx_XX' }, whole: true },
  {
    what: 'PGSERVICE and PGHOST of the session',
    env: { PGSERVICE: 'nothing', PGHOST: '192.0.2.1', PGSSLMODE: 'verify-full' },
    whole: true,
  },
  {
    what: 'an include of a relative path in a folder',
    files: {
      'config:tuning/memory.conf': "work_mem = '8MB'\ninclude 'more/deep.inc'\n",
      'config:tuning/more/deep.inc': "temp_buffers = '9MB'\n",
    },
    settings: "include 'tuning/memory.conf'\n",
  },
  {
    what: 'includes of relative names that lead out of the folder',
    whole: true,
    files: {
      'config:tuning/memory.conf': "work_mem = '8MB'\ninclude '../local.inc'\n",
      'config:local.inc': "temp_buffers = '9MB'\n",
      'config:../shared/site.conf': "maintenance_work_mem = '65MB'\n",
      'config:../shared/d/a.conf': "effective_cache_size = '1GB'\n",
    },
    settings:
      "include 'tuning/memory.conf'\ninclude '../shared/site.conf'\ninclude_if_exists '../shared/none'\ninclude_dir '../shared/d'\n",
  },
  {
    what: 'ssl_dh_params_file by a relative name that leads out of the data directory',
    files: { 'data:../tls/dh.pem': '{dh}' },
    settings: "ssl_dh_params_file = '../tls/dh.pem'\n",
  },
  {
    what: 'an include of a name without .conf',
    files: { 'config:local': "work_mem = '8MB'\n" },
    settings: "include 'local'\n",
  },
  {
    what: 'an include_if_exists and an include_dir of other names',
    files: { 'config:settings.d/a.conf': "work_mem = '8MB'\n", 'config:maybe.txt': "temp_buffers = '9MB'\n" },
    settings: "include_if_exists = 'maybe.txt'\ninclude_if_exists 'missing'\ninclude_dir 'settings.d'\n",
  },
  {
    what: 'an include of the drop-in by its full name',
    whole: true,
    settings: "include_if_exists '{config}/conf.d/postern.conf'\n",
  },
  {
    what: 'ssl_dh_params_file below the data directory',
    files: { 'data:dh.pem': '{dh}' },
    settings: "ssl_dh_params_file = 'dh.pem'\n",
  },
  {
    what: 'ssl_dh_params_file in a folder of the data directory',
    whole: true,
    files: { 'data:tls/dh.pem': '{dh}' },
    settings: "ssl_dh_params_file = 'tls/dh.pem'\n",
  },
  {
    what: 'a certificate, key, CA and CRL below the data directory, which the drop-in replaces',
    whole: true,
    files: { 'data:server.crt': '{crt}', 'data:server.key': '{key}', 'data:root.crt': '{ca}' },
    settings: "ssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\nssl_ca_file = 'root.crt'\nssl = on\n",
    above: true,
  },
  { what: 'krb_server_keyfile below the data directory', settings: "krb_server_keyfile = 'keytab'\n" },
  {
    what: 'hba_file and ident_file set to where they are',
    settings: "hba_file = '{config}/pg_hba.conf'\nident_file = '{config}/pg_ident.conf'\n",
  },
  {
    what: 'hba_file by another name of the same file',
    settings: "hba_file = '{config}/conf.d/../pg_hba.conf'\n",
    whole: true,
  },
];

/** The check is the same for a dry run, which is fast; the complete change is made in one place. */
const wheres = [
  { platform: 'debian', major: 18, whole: true },
  { platform: 'debian', major: 14, whole: false },
  { platform: 'rhel', major: 18, whole: false },
] as const;

const dry = wheres.filter(({ whole }) => !whole);

describe.skipIf(!inNamespace).each(wheres)('apply.sh on $platform with PostgreSQL $major accepts', (where) => {
  const { platform, major, whole } = where;
  const plan = planFor(platform, major);
  let server: AppliedServer;
  let folder: string;
  let original: string;

  const values: Readonly<Record<string, () => string>> = {
    '{config}': () => server.config,
    '{crt}': () => readFileSync(`${folder}/server.crt`, 'utf8'),
    '{key}': () => readFileSync(`${folder}/server.key`, 'utf8'),
    '{ca}': () => readFileSync(`${folder}/ca.crt`, 'utf8'),
    '{dh}': () => must('openssl', ['dhparam', '-dsaparam', '1024']),
  };
  const filled = (text: string): string => text.replace(/\{\w+\}/g, (name) => values[name]?.() ?? name);
  const put = (place: string, text: string) => {
    const [where, name = ''] = place.split(':');
    const root = where === 'data' ? server.data : server.config;
    const { uid, gid } = statSync(server.data);
    const folder = dirname(`${root}/${name}`);
    mkdirSync(folder, { recursive: true });
    chownSync(folder, uid, gid);
    writeFileSync(`${root}/${name}`, filled(text), { mode: 0o600 });
    chownSync(`${root}/${name}`, uid, gid);
  };

  beforeAll(async () => {
    server = await appliedServer(plan);
    folder = (await unpackBundle(plan, bundle)) ?? '';
    original = readFileSync(`${server.config}/postgresql.conf`, 'utf8');
  });
  beforeEach(() => {
    rmSync('/var/lib/postern', { recursive: true, force: true });
    writeFileSync(`${server.config}/postgresql.conf`, original);
  });
  afterEach(() => server.stop());
  afterAll(() => server.end());

  const tried = present.filter((one, at) =>
    whole ? everyCombination || one.whole : inTurn(at, dry.indexOf(where), dry.length),
  );
  it.each(tried)('$what', async ({ files = {}, settings = '', above, env = {} }) => {
    for (const [place, text] of Object.entries(files)) put(place, text);
    const changed = above ? filled(settings) + original : original + filled(settings);
    writeFileSync(`${server.config}/postgresql.conf`, changed);
    await server.start();
    const { code, stdout, stderr } = await run('bash', [script, ...(whole ? [] : ['--dry-run'])], { env });
    expect(code, stdout + stderr).toBe(0);
    if (!whole) return;
    expect(await server.ask('show ssl')).toBe('on');
    const back = await run('bash', [script, '--undo'], { env });
    expect(back.code, back.stdout + back.stderr).toBe(0);
    expect(readFileSync(`${server.config}/postgresql.conf`, 'utf8')).toBe(changed);
  });
});

describe.skipIf(!inNamespace)('a certificate that expires soon', () => {
  const plan = planFor('debian', 18);
  let server: AppliedServer;

  beforeAll(async () => {
    server = await appliedServer(plan);
    const folder = (await unpackBundle(plan, bundle)) ?? '';
    // The same key and names, valid for 25 days.
    const beside = (name: string) => `${bundle}/database-server/${name}`;
    const authority = must('sh', ['-c', 'ls -d "$0"/authority-* | tail -n 1', folder]).trim();
    const key = must('sh', ['-c', 'ls "$0"/*.key', authority]).trim();
    must('openssl', [
      'x509',
      '-x509toreq',
      '-in',
      beside('server.crt'),
      '-signkey',
      beside('server.key'),
      '-out',
      `${own}/soon.csr`,
      '-copy_extensions',
      'copyall',
    ]);
    must('openssl', [
      'x509',
      '-req',
      '-in',
      `${own}/soon.csr`,
      '-CA',
      beside('ca.crt'),
      '-CAkey',
      key,
      '-passin',
      `file:${passphraseFile()}`,
      '-CAcreateserial',
      '-days',
      '25',
      '-copy_extensions',
      'copyall',
      '-out',
      `${own}/soon.crt`,
    ]);
    cpSync(`${own}/soon.crt`, beside('server.crt'));
    rmSync('/var/lib/postern', { recursive: true, force: true });
    await server.start();
  });
  afterAll(() => server.end());

  it('is a warning, and the change remains in force', async () => {
    const { code, stdout, stderr } = await run('bash', [script]);
    expect(code, stdout + stderr).toBe(0);
    expect(stdout + stderr).toContain('ends in 2');
    expect(stdout).toContain('In force.');
    expect((await run('bash', [script, '--confirm'])).code).toBe(0);
    expect(await server.ask('show ssl')).toBe('on');
  });
});
