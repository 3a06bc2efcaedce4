import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { checkServerIdentity } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, defaultPlan, driverName, verifyClient, verifyServer } from '../../../app/core/index.ts';
import { read as readCertificates } from '../../../app/worker/certificates.ts';
import { accountNamed } from '../harness/accounts.ts';
import { binaries, majors } from '../harness/binaries.ts';
import { authorities, type Case, clientCases, serverCases } from '../harness/certificate-orders.ts';
import { conforms } from '../harness/conformance.ts';
import { type Issued, issue } from '../harness/issue.ts';
import { layoutOf } from '../harness/layout.ts';
import { inNamespace } from '../harness/namespace.ts';
import { type Libpq, openLibpq } from '../harness/open-libpq.ts';
import { own } from '../harness/places.ts';
import { freshServer, type RunningServer, startServer } from '../harness/server.ts';
import { until } from '../harness/until.ts';
import { place } from '../harness/writable.ts';

const HOSTS = ['db.example.com', 'DB.EXAMPLE.COM', 'a.db.example.com', 'example.com', '127.0.0.1', '2001:db8::10'];
const files = `${own}/shown`;
const at = (file: string) => `${files}/${file}`;

interface Library {
  readonly path: string;
  readonly major: number;
  /** The packages of the servers include upstream's 1.1.1. */
  readonly openssl: '1.1' | '3';
  /** It uses the trust store of the system, for which OpenSSL reads the file in SSL_CERT_FILE. */
  readonly system?: boolean;
}

const debian: Library = { path: '/usr/lib/x86_64-linux-gnu/libpq.so.5', major: 15, openssl: '3' };
const libraryOf = (major: number): Library => ({ path: `${binaries(major)}/lib/libpq.so.5`, major, openssl: '1.1' });

/** Keys and certificates are the same for every major. */
let made: ReadonlyMap<string, Issued> | undefined;
const everything = (): ReadonlyMap<string, Issued> => {
  made ??= issue([...authorities, ...serverCases.map(({ order }) => order), ...clientCases.map(({ order }) => order)]);
  return made;
};

/** The input of the judge: the text of the whole case at once, and which of it was sent or trusted. */
async function described(issued: ReadonlyMap<string, Issued>, { order, sent = [], roots = ['root'] }: Case) {
  const names = [...new Set([order.name, ...sent, ...roots])];
  const reading = await readCertificates(names.map((name) => issued.get(name)?.pem ?? '').join(''));
  if (!reading.ok) throw new Error(`${order.name} cannot be read: ${JSON.stringify(reading.issues)}`);
  const one = (name: string): Certificate => {
    const found = reading.value.certificates[names.indexOf(name)];
    if (!found) throw new Error(`${name} was not read`);
    return found;
  };
  return { leaf: one(order.name), trust: { sent: sent.map(one), roots: roots.map(one) } };
}

const pemOf = (issued: ReadonlyMap<string, Issued>, names: readonly string[]) =>
  names.map((name) => issued.get(name)?.pem ?? '').join('');

/**
 * Before and after 15, where libpq began to check addresses, and the newest from npm: with Debian's OpenSSL, a server
 * doesn't load the weak certificates that libpq is to reject.
 */
const some = majors.filter((major) => [11, 14, 18].includes(major));

describe.skipIf(!inNamespace).each(some)('certificates on PostgreSQL %i', (major) => {
  const plan = defaultPlan('direct');
  const layout = layoutOf({ ...plan, server: { ...plan.server, major, platform: 'debian' } });
  const account = accountNamed(layout.account);
  let issued: ReadonlyMap<string, Issued>;
  let server: RunningServer;
  let libraries: (Library & Libpq)[] = [];

  beforeAll(async () => {
    issued = everything();
    await freshServer(major, 'postgres', layout);
    place(
      `${layout.configDirectory}/conf.d/tls.conf`,
      "listen_addresses = '127.0.0.1'\nssl = on\nssl_cert_file = '/run/postern/shown/server.crt'\nssl_key_file = '/run/postern/shown/server.key'\nssl_ca_file = '/run/postern/shown/ca.crt'\n",
      0o644,
    );
    place(
      `${layout.configDirectory}/pg_hba.conf`,
      'hostssl postgres postgres all trust\nhostssl template1 postgres all cert\n',
      0o644,
      account,
    );
    show('a name', [], ['root']);
    server = await startServer(major, layout);
    const all = [libraryOf(major), debian, ...(major < 16 ? [] : [{ ...libraryOf(major), system: true }])];
    libraries = all.map((library) => ({ ...library, ...openLibpq(library.path, { SSL_CERT_FILE: at('roots.crt') }) }));
  });
  afterAll(async () => {
    for (const { close } of libraries) close();
    await server?.stop();
  });

  function show(name: string, sent: readonly string[], roots: readonly string[]): void {
    place(at('server.crt'), pemOf(issued, [name, ...sent]), 0o644);
    place(at('server.key'), issued.get(name)?.key ?? '', 0o600, account);
    place(at('ca.crt'), pemOf(issued, roots), 0o644);
  }

  async function reload(): Promise<void> {
    const loads = () => server.log().split('reloading configuration files').length;
    const before = loads();
    server.reload();
    await until('the server has read its files again', () => loads() !== before, server.log);
  }

  it('are accepted and rejected by libpq as the judge predicts, with the same messages', async () => {
    const wrong: string[] = [];
    let cases = 0;
    for (const one of serverCases) {
      const { order, sent = [], roots: trusted = ['root'] } = one;
      show(order.name, sent, trusted);
      writeFileSync(at('roots.crt'), pemOf(issued, trusted));
      await reload();
      const { leaf, trust } = await described(issued, one);
      // Node checks every common name, the judge the first, as libpq does.
      for (const host of order.name === 'two common names' ? [] : HOSTS) {
        const shown = new X509Certificate(issued.get(order.name)?.pem ?? '').toLegacyObject();
        if ((checkServerIdentity(host, shown) === undefined) !== driverName('node', leaf, host))
          wrong.push(`${order.name}, ${host}: Node.js says otherwise`);
      }
      const roots = at('roots.crt');
      const { names = false } = one;
      const tries = [
        ...(names ? HOSTS : HOSTS.slice(0, 1)).map((host) => ({ host, sslMode: 'verify-full', trust }) as const),
        ...(names
          ? []
          : ([
              { host: 'db.example.com', sslMode: 'verify-ca', trust },
              { host: 'db.example.com', sslMode: 'require', trust },
              { host: 'db.example.com', sslMode: 'require', trust: null },
            ] as const)),
      ];
      for (const library of libraries) {
        // libpq supports the system's trust store only with verify-full.
        const possible = tries.filter(({ sslMode }) => !library.system || sslMode === 'verify-full');
        for (const { host, sslMode, trust } of possible) {
          const verdict = verifyServer(leaf, trust, {
            host,
            sslMode,
            libpq: library.major,
            openssl: library.openssl,
            now: Date.now(),
          });
          const heard = await library.connect(
            `host=${host} hostaddr=127.0.0.1 user=postgres dbname=postgres sslmode=${sslMode} sslrootcert=${library.system ? 'system' : trust ? roots : at('none')}`,
          );
          cases++;
          const right =
            heard.accepted === verdict.accepted && (verdict.accepted || heard.message.endsWith(verdict.words));
          if (!right)
            wrong.push(
              `${order.name}, ${sslMode} ${host}${trust ? '' : ' without roots'}, libpq ${library.major} OpenSSL ${library.openssl}: it said ${JSON.stringify(heard)}, the judge ${JSON.stringify(verdict.accepted ? 'accepted' : [verdict.why.kind, verdict.words])}`,
            );
        }
      }
    }
    expect(wrong).toEqual([]);
    conforms({
      target: 'Certificate screen',
      files: [],
      judgedBy: 'libpq 11, 14 and 18 with OpenSSL 1.1.1, and libpq 15 with OpenSSL 3',
      tried: 'certificates of a server',
      plans: serverCases.length,
      cases,
      notCovered: 'libpq 19 with OpenSSL 3.6, which words a wrong signature as "provider signature failure"',
    });
  });

  it('of clients are accepted and rejected by PostgreSQL as the judge predicts', async () => {
    const wrong: string[] = [];
    for (const one of clientCases) {
      const { order, sent = [], roots = ['root'] } = one;
      show('a name', [], roots);
      place(at('client.crt'), pemOf(issued, [order.name, ...sent]), 0o644);
      place(at('client.key'), issued.get(order.name)?.key ?? '', 0o600);
      await reload();
      const { leaf, trust } = await described(issued, one);
      const verdict = verifyClient(leaf, trust, { role: 'postgres', method: 'cert', openssl: '1.1', now: Date.now() });
      for (const library of libraries) {
        const heard = await library.connect(
          `host=127.0.0.1 user=postgres dbname=template1 sslmode=require sslrootcert=${at('none')} sslcert=${at('client.crt')} sslkey=${at('client.key')}`,
        );
        // With TLS 1.3 the client may already be sending, and then finds the connection closed before it reads the
        // alert.
        const cut = heard.message.includes('could not send startup packet');
        const right =
          heard.accepted === verdict.accepted &&
          (verdict.accepted || heard.message.includes(verdict.words) || (verdict.words.startsWith('alert') && cut));
        if (!right)
          wrong.push(
            `${order.name}, libpq ${library.major}: it said ${JSON.stringify(heard)}, the judge ${JSON.stringify(verdict)}`,
          );
      }
    }
    expect(wrong).toEqual([]);
    conforms({
      target: 'Certificate screen',
      files: [],
      judgedBy: 'PostgreSQL 11, 14 and 18',
      tried: 'certificates of a client',
      plans: clientCases.length,
      cases: clientCases.length * libraries.length,
    });
  });
});
