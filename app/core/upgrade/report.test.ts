import { describe, expect, test } from 'vitest';
import { parsedInput } from '../audit/findings.ts';
import { proveFix } from '../audit/prove-fix.ts';
import { parseConf } from '../postgres/conf/conf.ts';
import { editConf } from '../postgres/conf/edit.ts';
import { editHba } from '../postgres/hba/edit.ts';
import { parseHba } from '../postgres/hba/hba.ts';
import { MAJORS } from '../postgres/release.ts';
import { type UpgradeFinding, type UpgradeInput, upgradeReport } from './report.ts';
import { upgradeRules } from './rules.ts';

/** Rules that report something about every pair of these versions. */
const always = ['upgrade-logged-differently', 'upgrade-other-default'];

const about = (input: UpgradeInput) => upgradeReport(input).filter(({ id }) => !always.includes(id));
const place = ({ id, included, line }: UpgradeFinding) =>
  `${id.replace('upgrade-', '')} ${included ?? ''}${line ?? ''}`;

const fixed = ({ hba = '', conf = '', from }: UpgradeInput, findings: readonly UpgradeFinding[]) => {
  const edits = (file: string) => findings.flatMap(({ fix }) => (fix?.file === file ? fix.edits : []));
  return {
    hba: editHba(parseHba(hba, { major: from }), edits('pg_hba.conf')),
    conf: editConf(parseConf(conf, { major: from }), edits('postgresql.conf')),
  };
};

describe('pg_hba.conf', () => {
  test.each([
    [18, 19, 'host all all ::1/128 radius radiusservers=::1 radiussecrets=x', ['rule-rejected 1'], null],
    [19, 18, 'host all all ::1/128 radius radiusservers=::1 radiussecrets=x', [], null],
    [18, 19, 'host all all ::1/128 md5', [], null],
    [18, 19, '\nhost\rall all ::1/128 md5', ['rule-rejected 2'], '\nhost all all ::1/128 md5'],
    [18, 19, 'host all a,b\r ::1/128 md5', ['rule-read-differently 1'], 'host all a,b  ::1/128 md5'],
    [18, 19, 'host all all ::1/128 md5\r', [], null],
    [
      13,
      14,
      'hostssl all all ::1/128 md5 clientcert=1',
      ['rule-rejected 1'],
      'hostssl all all ::1/128 md5 clientcert=verify-ca',
    ],
    [13, 14, 'hostssl all all ::1/128 md5 clientcert=0 # x', ['rule-rejected 1'], 'hostssl all all ::1/128 md5  # x'],
    [13, 14, 'hostssl all all ::1/128 md5 clientcert=no-verify', ['rule-rejected 1'], 'hostssl all all ::1/128 md5'],
    [
      13,
      18,
      'hostssl all all ::1/128 cert clientcert=1 map=m',
      ['rule-rejected 1'],
      'hostssl all all ::1/128 cert clientcert=verify-full map=m',
    ],
    [
      12,
      14,
      'hostssl all all ::1/128 cert clientcert=verify-ca map="a b"',
      ['rule-rejected 1'],
      'hostssl all all ::1/128 cert clientcert=verify-full "map=a b"',
    ],
    [11, 12, 'hostssl all all ::1/128 md5 clientcert=verify-full', ['rule-read-differently 1'], null],
    [
      14,
      11,
      'hostssl all all ::1/128 md5 clientcert=verify-ca',
      ['rule-read-differently 1'],
      'hostssl all all ::1/128 md5 clientcert=1',
    ],
    [
      14,
      11,
      'hostssl all all ::1/128 cert clientcert=verify-full',
      ['rule-rejected 1'],
      'hostssl all all ::1/128 cert clientcert=1',
    ],
    [11, 13, 'hostssl all all ::1/128 md5 clientcert=1', [], null],
    [11, 19, 'hostssl all all ::1/128 cert', [], null],
    [15, 16, 'host all /^a ::1/128 md5', ['rule-read-differently 1'], null],
    [15, 16, 'host all a/b ::1/128 md5', [], null],
    [16, 15, 'host /^a all ::1/128 md5', ['rule-read-differently 1'], null],
    [12, 11, 'hostgssenc all all ::1/128 gss', ['rule-rejected 1'], null],
    [13, 14, 'host all all \\\n::1/128 md5', [], null],
    [14, 13, 'host all all \\\n::1/128 md5', ['rule-rejected 1', 'rule-rejected 2'], null],
    [14, 15, 'host all all ::1/128 ldap ldapserver=x ldapprefix=y ldapscheme=ldaps', [], null],
  ] as const)('%i to %i: %j', (from, to, hba, found, after) => {
    const input = { hba, from, to };
    const findings = about(input);
    expect(findings.map(place)).toEqual(found);
    expect(findings.some(({ fix }) => fix) ? fixed(input, findings).hba : null).toBe(after);
  });

  test('a file that it includes is compared, and without it the report says so', () => {
    const input = { hba: 'include_if_exists more\ninclude rules\n', from: 18, to: 19 };
    const files = { rules: 'local all all peer\nhost all all all radius radiusservers=x radiussecrets=y\n' };
    expect(about({ ...input, files }).map(place)).toEqual(['rule-rejected rules2']);
    expect(about(input).map(place)).toEqual(['file-not-opened 2']);
  });

  test('a rule with radius says how its users can still log in', () => {
    const hba = 'host all all ::1/128 radius radiusservers=::1 radiussecrets=x';
    expect(about({ hba, from: 18, to: 19 })[0]?.message).toMatch(
      /: scram-sha-256, pam, ldap\. PAM can keep .* password/,
    );
  });

  test('what the version itself rejects is not reported', () =>
    expect(about({ hba: 'host all all md5\n', from: 15, to: 16 })).toEqual([]));
});

describe('postgresql.conf', () => {
  test.each([
    [18, 19, 'a.b = 1\nio_workers = 3', ['unknown-setting 2'], 'a.b = 1\n'],
    [18, 19, 'escape_string_warning = on\nescape_string_warning = off', ['unknown-setting 1', 'unknown-setting 2'], ''],
    [17, 18, "ssl_ecdh_curve = 'prime256v1' # x", ['renamed-setting 1'], "ssl_groups = 'prime256v1' # x"],
    [18, 19, "ssl_ecdh_curve = 'prime256v1'", [], null],
    [18, 17, "ssl_groups = 'prime256v1'", ['unknown-setting 1'], "ssl_ecdh_curve = 'prime256v1'"],
    [13, 14, 'password_encryption = on', ['value-rejected 1'], null],
    [13, 14, 'password_encryption = on\npassword_encryption = md5', [], null],
    [
      11,
      12,
      "max_wal_size = '1900MB'\nmin_wal_size = '5900kB'",
      ['value-read-differently 2'],
      "max_wal_size = '1900MB'\nmin_wal_size = 5MB",
    ],
    [12, 11, "work_mem = '1.5MB'", ['value-rejected 1'], null],
    [18, 19, 'wrong_name = 1\nwork_mem = 5 mb', [], null],
    [18, 19, "include 'more.conf'", ['file-not-opened 1'], null],
  ] as const)('%i to %i: %j', (from, to, conf, found, after) => {
    const input = { conf, from, to };
    const findings = about(input);
    expect(findings.map(place)).toEqual(found);
    expect(findings.some(({ fix }) => fix) ? fixed(input, findings).conf : null).toBe(after);
  });

  const defaults = (input: UpgradeInput) => upgradeReport(input).filter(({ id }) => id === 'upgrade-other-default');

  test('a default that changed is reported where the file does not set it', () => {
    const input = { conf: 'JIT = on\n', from: 18, to: 19 };
    const findings = defaults(input);
    expect(findings.map(({ message }) => message)).toEqual([
      'default_toast_compression is not set. Its default was pglz in PostgreSQL 18 and is lz4 in PostgreSQL 19.',
      'log_lock_waits is not set. Its default was off in PostgreSQL 18 and is on in PostgreSQL 19.',
      'max_locks_per_transaction is not set. Its default was 64 in PostgreSQL 18 and is 128 in PostgreSQL 19.',
    ]);
    const { conf } = fixed(input, findings);
    expect(conf).toBe(
      'JIT = on\ndefault_toast_compression = pglz\nlog_lock_waits = off\nmax_locks_per_transaction = 64\n',
    );
    expect(defaults({ ...input, conf })).toEqual([]);
  });

  test('numbers have their units, and words for the same are no change', () => {
    const said = defaults({ conf: '', from: 14, to: 18 }).map(({ message }) => message);
    expect(said.find((one) => one.startsWith('shared_buffers'))).toContain('was 8MB in PostgreSQL 14 and is 128MB');
    expect(said.filter((one) => /^log_connections|^transaction_isolation/.test(one))).toEqual([]);
  });

  test('nothing is said about defaults if an included file is missing', () =>
    expect(defaults({ conf: "include 'more.conf'", from: 18, to: 19 })).toEqual([]));
});

test('the log of every two versions is compared', () => {
  const events = (from: number, to: number) =>
    upgradeReport({ hba: '', from, to })
      .filter(({ id }) => id === 'upgrade-logged-differently')
      .map(({ message }) => message);
  expect(events(18, 19)).toEqual([
    'Login with a password that is stored as an MD5 hash, in the log and to the client. PostgreSQL 18 logs nothing. PostgreSQL 19 logs `authenticated with an MD5-encrypted password`.',
  ]);
  expect(events(13, 14)[0]).toBe(
    'Connection without TLS that no rule matches. PostgreSQL 13 logs `no pg_hba.conf entry for host "127.0.0.1", user "app", database "app", SSL off`. PostgreSQL 14 logs `no pg_hba.conf entry for host "127.0.0.1", user "app", database "app", no encryption`.',
  );
  expect(events(14, 13)).toHaveLength(events(13, 14).length);
  expect(events(15, 15)).toEqual([]);
});

test('a version compared with itself has no findings, and no files have none but the log', () => {
  for (const major of MAJORS)
    expect(upgradeReport({ hba: 'x', conf: 'io_workers = 3', from: major, to: major })).toEqual([]);
  expect(about({ from: 11, to: 19 })).toEqual([]);
});

test('each rule has its id once, and a reference', () => {
  expect(new Set(upgradeRules.map(({ id }) => id)).size).toBe(upgradeRules.length);
  for (const { references } of upgradeRules) expect(references.length).toBeGreaterThan(0);
});

describe('each fix', () => {
  const HBA = [
    'hostssl all all ::1/128 md5 clientcert=1',
    'hostssl all all ::1/128 cert clientcert=1 map=m',
    'host\rall all ::1/128 md5',
    'local all postgres peer',
  ].join('\n');
  const CONF =
    "wal_keep_segments = 10\nssl = on\nvacuum_cleanup_index_scale_factor = 0.1\npromote_trigger_file = 'x'\n";

  test('is proven for the version that will read the files, and opens nothing compared with today', () => {
    let proven = 0;
    const unproven = new Set<string>();
    for (const from of MAJORS) {
      for (const to of MAJORS.filter((major) => major !== from)) {
        for (const files of [{ hba: HBA }, { conf: CONF }]) {
          for (const { fix } of upgradeReport({ ...files, from, to })) {
            if (!fix) continue;
            const proof = proveFix(parsedInput({ ...files, major: from }), fix);
            if (proof.proven) proven++;
            else unproven.add(`${fix.title}: ${proof.finding?.id ?? proof.reason}`);
          }
        }
      }
    }
    // To keep a default that is a finding by itself can't be applied without saying so.
    expect([...unproven]).toEqual([
      'Keep password_encryption = md5: md5-passwords',
      "Keep ssl_min_protocol_version = 'TLSv1': old-tls",
    ]);
    expect(proven).toBeGreaterThan(100);
  });
});
