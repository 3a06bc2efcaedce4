import { describe, expect, test } from 'vitest';
import { parseConf } from '../postgres/conf/conf.ts';
import { editConf } from '../postgres/conf/edit.ts';
import { audit } from './audit.ts';
import { confRules } from './conf-rules.ts';
import type { ConfRule } from './rule.ts';

const found = ({ beside, id }: ConfRule, conf: string) =>
  audit({ conf, major: 18, ...beside }).filter((finding) => finding.id === id && finding.file === 'postgresql.conf');

const edited = (conf: string, edits: Parameters<typeof editConf>[1]) => editConf(parseConf(conf, { major: 18 }), edits);

describe('each rule about postgresql.conf', () => {
  const rules = confRules.map((rule) => [rule.id, rule] as const);

  test.each(rules)('%s finds its wrong example and not its right one', (_id, rule) => {
    expect(found(rule, rule.wrong)).not.toEqual([]);
    expect(found(rule, rule.right)).toEqual([]);
  });

  test.each(rules)('%s is silenced by a comment', (id, rule) => {
    expect(found(rule, `# postern-ignore-file: ${id}\n${rule.wrong}`)).toEqual([]);
    for (const { line } of found(rule, rule.wrong)) {
      if (line === undefined) continue;
      const silent = edited(rule.wrong, [{ kind: 'insert', line, text: `# postern-ignore: ${id}` }]);
      expect(found(rule, silent).some((finding) => finding.line === line + 1)).toBe(false);
    }
  });

  test.each(rules)('%s has a fix that removes the finding, or none', (_id, rule) => {
    const before = found(rule, rule.wrong);
    for (const { fix } of before)
      if (fix) expect(found(rule, edited(rule.wrong, fix.edits)).length).toBeLessThan(before.length);
  });
});

const ids = (conf: string, major: number, hba?: string) =>
  audit({ conf, major, ...(hba === undefined ? {} : { hba }) })
    .filter(({ file }) => file === 'postgresql.conf')
    .map(({ id }) => id);

describe('postgresql.conf together with pg_hba.conf', () => {
  test('while ssl is off a hostssl record matches nothing, so it covers no other record either', () => {
    const hba = 'hostssl all all 10.0.0.0/8 scram-sha-256\nhostssl all all 10.1.0.0/16 scram-sha-256';
    const dead = (conf: string) =>
      audit({ hba, conf, major: 18 })
        .filter(({ id }) => id === 'dead-record')
        .map(({ line }) => line);
    expect(dead('ssl = on')).toEqual([2]);
    expect(dead('ssl = off')).toEqual([]);
    expect(ids('ssl = off', 18, hba)).toContain('ssl-off-with-hostssl');
    expect(ids('', 18, hba)).toContain('ssl-off-with-hostssl');
  });

  test('a missing included file may turn TLS on and name addresses', () => {
    const hba = 'hostssl all all 10.0.0.0/8 scram-sha-256';
    expect(ids("#listen_addresses = 'localhost'\ninclude_dir = 'conf.d'", 18, hba)).toEqual([]);
  });
});

describe('what log_connections means', () => {
  test.each([
    [17, 'off', true],
    [17, 'of', true],
    [17, 'on', false],
    [18, "''", true],
    [18, 'off', true],
    [18, 'setup_durations', true],
    [18, 'receipt', false],
    [18, "'authentication, authorization'", false],
    [18, 'all', false],
  ])('on %i with %s', (major, value, reported) => {
    expect(ids(`log_connections = ${value}`, major).includes('connections-not-logged')).toBe(reported);
  });
});

describe('settings of other majors and other spellings', () => {
  test.each([
    [18, 'wal_keep_segments = 8', 'setting-of-another-major'],
    [12, 'wal_keep_segments = 8', undefined],
    [12, 'wal_keep_size = 8MB', 'setting-of-another-major'],
    [18, 'checkpoint_segments = 3', 'setting-of-another-major'],
    [18, 'silent_mode = on', 'setting-of-another-major'],
    [18, 'ssl_ecdh_curve = prime256v1', undefined],
    [18, 'MAX_CONNECTIONS = 10', undefined],
    [18, 'max_conections = 10', 'unknown-setting'],
    [18, 'pg_stat_statements.max = 10', undefined],
    [11, "statement_timeout = '5us'", 'value-refused'],
    [12, "statement_timeout = '5us'", undefined],
    [12, 'work_mem = 1.5MB', 'unreadable-line'],
    [11, "work_mem = '1.5MB'", 'value-refused'],
    [12, "work_mem = '1.5MB'", undefined],
    [18, 'port = 65536', 'value-refused'],
    [18, 'wal_compression = zstd', undefined],
  ])('on %i %s raises %s', (major, line, id) => {
    const raised = ids(`${line}\nlog_connections = on\n# postern-ignore-file: unsupported-version`, major);
    expect(raised).toEqual(id === undefined ? [] : [id]);
  });
});

test.each(['fe80::1%eth0', 'FE80:0::1', 'fe80::1'])('an address of the host is found as %s', (address) => {
  const found = audit({ conf: `listen_addresses = '${address}'`, major: 18, addresses: ['10.0.0.5', 'fe80::1'] });
  expect(found.map(({ id }) => id)).not.toContain('listens-on-foreign-address');
});
