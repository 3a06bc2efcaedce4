import { expect, test } from 'vitest';
import { audit, type Fix, parseConf, parseHba } from '../core/index.ts';
import { fixPreview } from './fix-preview.ts';

const hba = 'local   all  postgres               peer\nhost    all  all       10.0.0.0/8   md5  # LAN\n';
const files = { major: 18, hba, conf: 'ssl = on\nssl_min_protocol_version = TLSv1\n', included: {} };
const parsed = { hba: parseHba(files.hba, { major: 18 }), conf: parseConf(files.conf, { major: 18 }) };
const preview = (fix: Fix) => fixPreview(fix, files, parsed);
/** The preview of "Require TLS" for the first rule of a file, whether or not the audit offers it. */
const requireTls = (text: string) => {
  const hba = parseHba(text, { major: 18 });
  const [first = ''] = text.split('\n');
  const fix: Fix = {
    ...fixOf('password-without-tls'),
    edits: [{ kind: 'replace', line: 1, text: first.replace('host ', 'hostssl ') }],
  };
  return fixPreview(fix, { ...files, hba: text }, { ...parsed, hba });
};
const fixOf = (id: string): Fix => {
  const fix = audit({ ...parsed, major: 18 }).find((finding) => finding.id === id)?.fix;
  if (!fix) throw new Error(`${id} has no fix`);
  return fix;
};

test('an inserted rule is shown with whom it rejects, and every other byte stays', () => {
  const { text, lines, told } = preview(fixOf('superuser-from-afar'));
  const rule = 'host    all,replication postgres all reject';
  expect(lines).toEqual([
    { line: 2, before: null, after: expect.stringMatching(/^host {4}all,replication postgres all +reject$/) },
  ]);
  expect(rule.split(/\s+/)).toEqual(lines[0]?.after?.split(/\s+/));
  expect(text).toBe(hba.replace('\nhost', `\n${lines[0]?.after}\nhost`));
  expect(told?.counts).toEqual({ opened: 0, closed: 1, method: 0, unknown: 0 });
  expect(told?.changes[0]).toMatchObject({ users: ['postgres'], addresses: ['10.0.0.0/8'] });
});

test('a changed rule is shown before and after', () => {
  const { text, lines, told } = preview(fixOf('md5-method'));
  expect(lines).toEqual([
    {
      line: 2,
      before: 'host    all  all       10.0.0.0/8   md5  # LAN',
      after: 'host    all  all       10.0.0.0/8   scram-sha-256  # LAN',
    },
  ]);
  expect(text).toBe(hba.replace('md5', 'scram-sha-256'));
  expect(told?.counts.method).toBe(1);
});

test('a fix of postgresql.conf changes no rule', () => {
  const { text, told } = preview(fixOf('old-tls'));
  expect(told).toBeNull();
  expect(text).toContain('TLSv1.2');
});

test.each([
  ['nothing below', '', []],
  ['an accepting rule below', 'host all all 10.0.0.0/16 scram-sha-256', [2]],
  ['a rule below that requires TLS', 'hostssl all all 0.0.0.0/0 scram-sha-256', []],
  ['a rule below for GSSAPI encryption', 'hostgssenc all all 0.0.0.0/0 gss', []],
  ['a rule below for others', 'host all all 192.168.0.0/16 scram-sha-256', []],
  ['a rejection before the accepting rule', 'host all all 10.0.0.0/8 reject\nhost all all 0.0.0.0/0 md5', []],
  ['a rejection of some', 'host all all 10.0.0.0/16 reject\nhost all all 0.0.0.0/0 md5', [3]],
])('requiring TLS names later rules that accept unencrypted connections: %s', (_, below, expected) => {
  const { stillUnencrypted } = requireTls(`host all all 10.0.0.0/8 scram-sha-256\n${below}\n`);
  expect(stillUnencrypted.map(({ line }) => line)).toEqual(expected);
});

test('a fix is proven before it can be applied, or says why it cannot', () => {
  expect(preview(fixOf('md5-method')).proof).toMatchObject({ proven: true, left: [] });
  expect(preview(fixOf('old-tls')).proof).toMatchObject({
    proven: true,
    says: 'Only ssl_min_protocol_version changes, and PostgreSQL can parse the file.',
  });
  // Broken on purpose: it would let everyone in.
  const broken: Fix = {
    ...fixOf('md5-method'),
    edits: [{ kind: 'replace', line: 2, text: 'host    all  all       0.0.0.0/0   md5' }],
  };
  expect(preview(broken).proof).toEqual({
    proven: false,
    reason: 'opens',
    says: 'It would allow connections that its title does not name.',
  });
});

test('a file that the server rejects is not presented as one whose rules apply', () => {
  const broken = `${hba}host all all 10.1.2.3 md5\n`;
  const read = { ...parsed, hba: parseHba(broken, { major: 18 }) };
  expect(read.hba.refused).toHaveLength(1);
  expect(fixPreview(fixOf('md5-method'), { ...files, hba: broken }, read).rejectedLines).toBe(1);
  expect(preview(fixOf('md5-method')).rejectedLines).toBe(0);
});
