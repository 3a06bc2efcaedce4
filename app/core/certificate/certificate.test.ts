import { describe, expect, it } from 'vitest';
import { deriveAccess } from '../model/derive.ts';
import { defaultClient, defaultPlan } from '../plan/defaults.ts';
import type { Plan } from '../plan/schema.ts';
import type { Certificate } from './certificate.ts';
import { judgeCertificates, ownCertificates } from './judge.ts';
import { driverName, libpqName } from './names.ts';
import { CERTIFICATE_LIMITS, readFile, readPem, toPem } from './pem.ts';

const DAY = 86_400_000;
const now = Date.UTC(2026, 0, 1);

/** A certificate that every client accepts, with the changes of a test. */
function certificate(change: Partial<Certificate> = {}): Certificate {
  return {
    index: 0,
    subject: 'CN = db.example.com',
    issuer: 'CN = Postern CA',
    commonName: 'db.example.com',
    alternatives: [{ kind: 'dns', text: 'db.example.com' }],
    notBefore: now - 30 * DAY,
    notAfter: now + 300 * DAY,
    key: { algorithm: 'EC', bits: 256, curve: 'P-256' },
    signature: { algorithm: 'ecdsa-with-SHA256', hash: 'SHA-256' },
    version: 3,
    constraints: { authority: false, pathLength: null },
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['serverAuth'],
    unknownCritical: [],
    nameConstraints: false,
    issuers: [{ index: 1, signature: 'valid' }],
    serial: '01',
    fingerprint: 'aa',
    ...change,
  };
}

const root = certificate({
  index: 1,
  subject: 'CN = Postern CA',
  commonName: 'Postern CA',
  alternatives: [],
  constraints: { authority: true, pathLength: 0 },
  keyUsage: ['keyCertSign', 'cRLSign'],
  extendedKeyUsage: null,
  issuers: [{ index: 1, signature: 'valid' }],
  fingerprint: 'bb',
});

const judged = (plan: Plan, all: readonly Certificate[], chosen = {}) =>
  judgeCertificates(deriveAccess(plan), all, now, chosen).subjects;

const block = (der: readonly number[]) => toPem([{ der: Uint8Array.from(der), line: null }]);

describe('the text of certificates', () => {
  const pem = block([0x30, 2, 5, 0]);

  it('is read in full, with any text around it and any line endings', () => {
    const text = `subject=CN = a\r\n${pem.replaceAll('\n', '\r\n')}\n\nand\n${pem}`;
    const found = readPem(text);
    expect(found).toMatchObject({ ok: true, value: { certificates: [{ line: 2 }, { line: 8 }] } });
    expect(found.ok && [...(found.value.certificates[0]?.der ?? [])]).toEqual([0x30, 2, 5, 0]);
  });

  it('is written as it was read, for every length', () => {
    for (let length = 1; length < 120; length++) {
      const der = Uint8Array.from([0x30, length, ...Array.from({ length }, (_, at) => (at * 37) % 256)]);
      const found = readPem(toPem([{ der, line: null }]));
      expect(found.ok && found.value.certificates[0]?.der).toEqual(der);
    }
  });

  it('is rejected if it contains a private key, at any position and even if damaged', () => {
    for (const text of [
      `${pem}-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----\n`,
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
      '-----BEGIN ENCRYPTED PRIVATE KEY-----',
      'some text -----BEGIN OPENSSH PRIVATE KEY-----',
    ])
      expect(readPem(text)).toEqual({ ok: false, issues: [{ kind: 'privateKey' }] });
  });

  it('is rejected if it is damaged, with the line', () => {
    expect(readPem(pem.replace(/-----END.*/, ''))).toMatchObject({ issues: [{ kind: 'noEnd', line: 1 }] });
    expect(readPem(`\n${pem.replace(/-----BEGIN.*\n/, '')}`)).toMatchObject({ issues: [{ kind: 'noBegin', line: 3 }] });
    expect(readPem(pem.replace('MAIFAA==', 'MAIF*A=='))).toMatchObject({ issues: [{ kind: 'noBase64', line: 2 }] });
    expect(readPem(pem.replace('MAIFAA==', 'MAIF'))).toMatchObject({ issues: [{ kind: 'notCertificate', line: 1 }] });
    expect(readPem('hello')).toMatchObject({ issues: [{ kind: 'nothing' }] });
    expect(readPem(' \n')).toMatchObject({ issues: [{ kind: 'empty' }] });
  });

  it('is limited in size', () => {
    expect(readPem(pem.repeat(CERTIFICATE_LIMITS.certificates)).ok).toBe(true);
    expect(readPem(pem.repeat(51))).toMatchObject({ issues: [{ kind: 'tooMany', count: 51 }] });
    expect(readPem('x'.repeat(CERTIFICATE_LIMITS.bytes + 1))).toMatchObject({ issues: [{ kind: 'tooLong' }] });
  });

  it('may be a binary file, but not one that contains a key', () => {
    expect(readFile(Uint8Array.from([0x30, 2, 0x30, 0]))).toMatchObject({ ok: true });
    expect(readFile(Uint8Array.from([0x30, 3, 2, 1, 3]))).toMatchObject({ issues: [{ kind: 'keyStore' }] });
    expect(readFile(Uint8Array.from([0x30, 3, 2, 1, 0]))).toMatchObject({ issues: [{ kind: 'privateKey' }] });
    // OpenSSL finds no certificate in these, but a private key in them still counts.
    expect(readFile(Buffer.from(`\ufeff${pem}`))).toEqual({ ok: false, issues: [{ kind: 'mark' }] });
    expect(readFile(Buffer.from(`\ufeff${pem}`, 'utf16le'))).toEqual({ ok: false, issues: [{ kind: 'utf16' }] });
    const key = '\ufeff-----BEGIN PRIVATE KEY-----\n';
    expect(readFile(Buffer.from(key))).toMatchObject({ issues: [{ kind: 'privateKey' }] });
    expect(readFile(Buffer.from(key, 'utf16le'))).toMatchObject({ issues: [{ kind: 'privateKey' }] });
    expect(readFile(Uint8Array.from([0x30, 9, 5, 0]))).toMatchObject({ issues: [{ kind: 'nothing' }] });
    expect(readFile(new TextEncoder().encode(pem))).toMatchObject({ ok: true });
  });
});

describe('names', () => {
  const names = (...texts: string[]) =>
    certificate({
      alternatives: texts.map((text) => ({ kind: /^[\d.]+$|:/.test(text) ? 'ip' : 'dns', text })),
      commonName: 'cn.example.com',
    });

  it('with a wildcard match one label only', () => {
    const wild = names('*.example.com');
    expect(libpqName(wild, 'db.example.com', 15).matches).toBe(true);
    expect(libpqName(wild, 'DB.Example.COM', 15).matches).toBe(true);
    expect(libpqName(wild, 'a.db.example.com', 15).matches).toBe(false);
    expect(libpqName(wild, 'example.com', 15).matches).toBe(false);
  });

  it('are shown as libpq shows them', () => {
    expect(libpqName(names('a.example.com', 'b.example.com', '192.0.2.1'), 'db.example.com', 15)).toEqual({
      matches: false,
      words: 'server certificate for "a.example.com" (and 2 other names) does not match host name "db.example.com"',
    });
  });

  it('are checked by each driver in its own way', () => {
    const six = names('2001:db8::10');
    expect(libpqName(six, '2001:db8::10', 15).matches).toBe(true);
    expect(driverName('libpq14', six, '2001:db8::10')).toBe(false);
    expect(driverName('jdbc', six, '2001:db8::10')).toBe(false);
    expect(driverName('node', six, '2001:db8::10')).toBe(true);
    const common = certificate({ alternatives: [] });
    expect(driverName('jdbc', common, 'db.example.com')).toBe(true);
    expect(driverName('go', common, 'db.example.com')).toBe(false);
  });
});

describe('the judge', () => {
  it('lets every client of a plan accept what the plan itself would make', () => {
    for (const pattern of ['direct', 'vpn', 'private', 'bastion'] as const) {
      const plan = defaultPlan(pattern);
      const [own] = ownCertificates(deriveAccess(plan))?.servers ?? [];
      const made = certificate({
        alternatives: [
          ...(own?.names ?? []).map((text) => ({ kind: 'dns', text }) as const),
          ...(own?.addresses ?? []).map((text) => ({ kind: 'ip', text }) as const),
        ],
      });
      const [subject] = judged(plan, [made, root]);
      expect(subject?.rows.length, pattern).toBeGreaterThan(0);
      expect(subject?.rows.filter(({ outcome }) => outcome !== 'accepted')).toEqual([]);
    }
  });

  it('refuses a certificate of another name, with the text that libpq prints and the fix', () => {
    const other = certificate({ alternatives: [{ kind: 'dns', text: 'other.example.com' }] });
    expect(judged(defaultPlan('direct'), [other, root])[0]?.rows).toMatchObject([
      {
        path: 'clients.0',
        outcome: 'refused',
        words: 'server certificate for "other.example.com" does not match host name "db.example.com"',
        fix: { id: 'judge.name.ownFix' },
      },
    ]);
  });

  it('does not say "accepted" where it cannot see the issuer', () => {
    const alone = certificate({ issuers: [] });
    expect(judged(defaultPlan('direct'), [alone])[0]).toMatchObject({
      missingIssuer: 'CN = Postern CA',
      rows: [{ outcome: 'condition', why: { id: 'judge.issuerMissing' } }],
    });
  });

  it("reports the missing intermediate of Let's Encrypt", () => {
    const plan = defaultPlan('direct');
    const encrypted: Plan = { ...plan, security: { ...plan.security, certificate: { source: 'lets-encrypt' } } };
    expect(judged(encrypted, [certificate({ issuers: [] })])[0]?.rows).toMatchObject([
      { outcome: 'refused', why: { id: 'judge.noIntermediate' } },
    ]);
    const whole = [certificate(), certificate({ ...root, issuer: 'CN = Public root', issuers: [] })];
    expect(judged(encrypted, whole)[0]?.rows).toMatchObject([{ outcome: 'condition' }]);
  });

  it('says that a client without verification checks nothing', () => {
    const plan = defaultPlan('direct');
    const loose: Plan = { ...plan, clients: plan.clients.map((client) => ({ ...client, verify: 'none' })) };
    const expired = certificate({ notAfter: now - DAY });
    expect(judged(loose, [expired, root])[0]?.rows).toMatchObject([
      { outcome: 'accepted', why: { id: 'judge.unchecked' } },
    ]);
    expect(judged(plan, [expired, root])[0]?.rows).toMatchObject([
      { outcome: 'refused', why: { id: 'judge.expired' } },
    ]);
  });

  it('compares a client certificate with the roles of the plan', () => {
    const plan = defaultPlan('direct');
    const mutual: Plan = {
      ...plan,
      clients: [{ ...defaultClient('public'), roles: ['app', 'jobs'], auth: { method: 'cert' } }],
    };
    const of = (commonName: string) => certificate({ commonName, alternatives: [], extendedKeyUsage: ['clientAuth'] });
    expect(judged(mutual, [of('jobs'), root])[0]).toMatchObject({
      use: 'client',
      rows: [{ target: 'jobs', outcome: 'accepted' }],
    });
    expect(judged(mutual, [of('JOBS'), root])[0]?.rows).toMatchObject([
      { target: 'app', outcome: 'refused', words: 'FATAL:  certificate authentication failed for user "app"' },
      { target: 'jobs', outcome: 'refused' },
    ]);
    expect(judged(plan, [of('app'), root])[0]).toMatchObject({ rows: [], remarks: [{ id: 'judge.noClients' }] });
  });

  it('judges the certificate of a replica for the clients that read from it', () => {
    const plan = defaultPlan('private');
    if (plan.network.pattern !== 'private') throw new Error('the plan of a private subnet is another');
    const [client = defaultClient('private')] = plan.clients;
    const replicated: Plan = {
      ...plan,
      network: { ...plan.network, replicas: [{ name: 'replica.example.com', addresses: ['10.0.2.11'] }] },
      clients: [client, { ...client, name: 'reports', endpoint: 'replica' }],
    };
    const one = certificate({ alternatives: [{ kind: 'dns', text: 'replica.example.com' }] });
    const [subject] = judged(replicated, [one, root]);
    expect(subject).toMatchObject({
      machine: 'server-replica-example-com',
      rows: [{ client: 'reports', target: 'replica.example.com', outcome: 'accepted' }],
    });
    expect(
      judged(replicated, [one, root], { 0: 'server' })[0]?.rows.map(({ client, outcome }) => [client, outcome]),
    ).toEqual([
      ['web', 'refused'],
      ['replica.example.com', 'refused'],
    ]);
  });

  it('judges the certificate of a database behind PgBouncer for PgBouncer, and that of the bastion for the clients', () => {
    const plan = defaultPlan('bastion');
    if (plan.network.pattern !== 'bastion') throw new Error('the plan of a bastion is another');
    const proxy = { kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pgbouncer' } as const;
    const pooled: Plan = { ...plan, network: { ...plan.network, proxy } };
    const database = certificate({ alternatives: [{ kind: 'ip', text: '10.0.2.10' }] });
    expect(judged(pooled, [database, root])[0]).toMatchObject({
      machine: 'server',
      rows: [{ client: 'PgBouncer', target: '10.0.2.10', outcome: 'accepted' }],
    });
    const bastion = certificate({ alternatives: [{ kind: 'dns', text: 'bastion.example.com' }] });
    expect(judged(pooled, [bastion, root])[0]).toMatchObject({
      machine: 'bastion',
      rows: [{ client: 'staff', target: 'bastion.example.com', outcome: 'accepted' }],
    });
  });

  it('recognizes the replicas that stream by certificate', () => {
    const plan = defaultPlan('private');
    if (plan.network.pattern !== 'private') throw new Error('the plan of a private subnet is another');
    const replicas = [{ name: 'replica.example.com', addresses: ['10.0.2.11'] }];
    const streaming: Plan = { ...plan, network: { ...plan.network, replicas, replicationAuth: 'cert' } };
    const one = certificate({ commonName: 'replicator', alternatives: [], extendedKeyUsage: ['clientAuth'] });
    expect(judged(streaming, [one, root])[0]?.rows).toMatchObject([
      { path: 'network.replicationAuth', client: 'replica.example.com', target: 'replicator', outcome: 'accepted' },
    ]);
  });

  it('says that a root certificate belongs to the clients, and which certificate must come first', () => {
    expect(
      judged(defaultPlan('direct'), [certificate({ ...root, index: 0, issuers: [{ index: 0, signature: 'valid' }] })]),
    ).toMatchObject([{ use: 'authority', remarks: [{ id: 'judge.authority' }] }]);
    const first = certificate({ ...root, index: 0, issuers: [{ index: 0, signature: 'valid' }] });
    const second = certificate({ index: 1, issuers: [{ index: 0, signature: 'valid' }] });
    expect(judged(defaultPlan('direct'), [first, second])).toMatchObject([{ remarks: [{ id: 'judge.order' }] }]);
  });
});
