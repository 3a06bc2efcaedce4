import { describe, expect, it } from 'vitest';
import { type Connection, decide, diagnose, parseHba } from '../../../app/core/index.ts';
import { majors } from '../harness/binaries.ts';
import { must } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { readRules, shownRules } from '../harness/hba-rules.ts';
import { hbaServer, PORT } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';
import { firstAnswer } from '../harness/startup.ts';

/** Two ends of one cable in the server's network, each with a link-local address. */
const [near, far] = ['zone0', 'zone1'];
const client = `fe80::1%${near}`;

function layCable(): void {
  if (must('ip', ['-br', 'link']).includes(near)) must('ip', ['link', 'del', near]);
  must('ip', ['link', 'add', near, 'type', 'veth', 'peer', 'name', far]);
  for (const [device, address] of [
    [near, 'fe80::1'],
    [far, 'fe80::2'],
  ] as const) {
    must('ip', ['link', 'set', device, 'up']);
    must('ip', ['addr', 'add', `${address}/64`, 'dev', device, 'nodad']);
  }
}

/** Each address field that names a zone, and whether it matches the client at fe80::1. */
const fields = [
  ['fe80::1/128', true],
  [`fe80::1%${near}/128`, true],
  [`fe80::1%${far}/128`, true],
  ['fe80::1%lo/128', true],
  ['fe80::1%1/128', true],
  ['fe80::2%lo/128', false],
  ['fe80::%lo/10', true],
  ['fe80::1%lo ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', true],
  ['fe80::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%1', true],
  ['fe80::1%lo ffc0::', true],
  ['::%1/0', true],
  ['2001:db8::1%1/128', false],
] as const;

/** Fields that a server may read as a name, or reject. */
const odd = [
  'fe80::1%/64',
  'fe80::1%lo',
  '2001:db8::1%lo/64',
  '127.0.0.1%lo/32',
  'fe80::1%lo/64%lo',
  '::1%lo/128',
  'ff02::1%lo/128',
  'ff01::1%lo/128',
  'ff12::1%lo/128',
  'ff31::1%lo/128',
  'ff03::1%lo/128',
  'ff03::1%1/128',
  'fec0::1%lo/128',
  'febf::1%lo/128',
  '::ffff:127.0.0.1%1/128',
  '"fe80::1%lo/64"',
  'fe80::1%lo fe80::%lo',
];

describe.skipIf(!inNamespace)('zones of IPv6 addresses', () => {
  it.each(majors)('are read, matched and reported as by PostgreSQL %i', async (major) => {
    const server = await hbaServer(major, ["listen_addresses = '127.0.0.1, ::'"]);
    layCable();
    let cases = 0;
    try {
      for (const field of [...fields.map(([one]) => one), ...odd]) {
        const files = { text: Buffer.from(`host all all ${field} trust\n`), files: {} };
        server.write(files);
        expect({ field, rows: readRules(files, major) }).toEqual({ field, rows: await shownRules(server) });
        cases += 1;
      }
      // The finding about a zone says so: what loads on one host is rejected on another.
      for (const field of [`fe80::1%${near}/128`, 'fe80::1%gone0/128', 'fe80::1%gone0 ffc0::', 'fe80::1%9999/128']) {
        server.write({ text: Buffer.from(`host all all ${field} trust\n`), files: {} });
        const rows = JSON.stringify(await shownRules(server));
        expect({ field, rejected: /host name|invalid/.test(rows) }).toEqual({
          field,
          rejected: field.includes('gone0'),
        });
        cases += 1;
      }
      const connection: Connection = {
        transport: 'tcp',
        encryption: 'none',
        address: client,
        user: 'nobody',
        database: 'nowhere',
        roles: [],
        replication: false,
      };
      const startup = {
        to: { host: `fe80::1%${near}`, from: client, port: PORT },
        tls: false,
        user: connection.user,
        database: connection.database,
      };
      for (const [field, matches] of fields) {
        for (const method of ['trust', 'reject']) {
          const text = `local all all trust\nhost all all ${field} ${method}\n`;
          server.write({ text: Buffer.from(text), files: {} });
          await server.reload();
          const answer = await firstAnswer(startup);
          const decision = decide(parseHba(text, { major }), connection);
          const ours = decision.message === undefined ? { method: 'trust' } : { refusal: decision.message };
          expect({ field, method, answer: ours }).toEqual({ field, method, answer });
          expect({ field, outcome: decision.outcome }).toEqual({ field, outcome: matches ? 'record' : 'no-entry' });
          if ('refusal' in answer) {
            const said = diagnose(`FATAL:  ${answer.refusal}`, { major, hba: text });
            expect(said.hosts).toEqual([client]);
            expect(said.causes[0]?.id).toBe(matches ? 'rejected-by-record' : 'link-local-address');
            expect(said.against.map(({ agrees }) => agrees)).toEqual([true]);
          }
          cases += 1;
        }
      }
    } finally {
      must('ip', ['link', 'del', near]);
      await server.stop();
    }
    conforms({
      target: 'zones of IPv6 addresses',
      files: ['pg_hba.conf'],
      judgedBy: `PostgreSQL ${major}`,
      tried: 'address fields with a zone, and link-local clients: rows of pg_hba_file_rules, method or refusal text',
      plans: 0,
      cases,
      reading: { major, disagreements: 0 },
    });
  });
});
