import { pooledHost, proxied } from '../bundle/proxy/proxied.ts';
import { primaryHost } from '../bundle/replica/source.ts';
import { connections } from '../bundle/rollout/connection.ts';
import { type ServerCertificate, serverCertificates } from '../bundle/tls/names.ts';
import { rootCertificate, serverTlsPaths } from '../bundle/tls/paths.ts';
import { type Message, say } from '../messages/message.ts';
import type { AccessModel, ClientAccess } from '../model/model.ts';
import { readsReplicas } from '../model/replicas.ts';
import { proxyOf } from '../plan/ways.ts';
import { type Certificate, isAuthority, isSelfSigned } from './certificate.ts';
import { buildPath, type Fault, faultsIn, type Path, type Purpose, uncheckedIn } from './chain.ts';
import { DRIVERS, type Driver, driverName, libpqName } from './names.ts';
import { type Refusal, refusalWords, roleMismatch } from './verify.ts';

/** How the plan's clients evaluate the certificates that were read. */
export interface Judgement {
  /** One for each certificate that signed none of the others, in order. */
  readonly subjects: readonly Subject[];
}

export interface Subject {
  readonly certificate: Certificate;
  readonly use: 'server' | 'client' | 'authority';
  /** From the certificate up to the root. */
  readonly path: readonly Certificate[];
  /**
   * The issuer of the last certificate of the path if it was not read; null if the path ends at a self-signed
   * certificate.
   */
  readonly missingIssuer: string | null;
  /** The machine that it is judged for, one of `machines`; null if it is not a server certificate. */
  readonly machine: string | null;
  readonly rows: readonly JudgedRow[];
  readonly remarks: readonly Message[];
}

/** One client and the host it connects to, or one role that presents the certificate. */
export interface JudgedRow {
  /** Path of the answer in the plan that it derives from. */
  readonly path: string;
  readonly client: string;
  /** Host that it connects to; for a client certificate the role. */
  readonly target: string;
  /** `sslmode`; null for a client certificate. */
  readonly sslMode: string | null;
  /** `condition`: accepted under a condition that cannot be checked here; `why` states it. */
  readonly outcome: 'accepted' | 'condition' | 'refused';
  /** What libpq prints if it refuses. */
  readonly words: string | null;
  readonly why: Message;
  readonly fix: Message | null;
  /** Drivers whose result for the name differs. */
  readonly differ: readonly Driver[];
}

/** A machine of the plan that presents a certificate, and what the certificate must contain. */
export interface Machine extends ServerCertificate {
  readonly name: string;
}

export function machines(model: AccessModel): Machine[] {
  const named = ({ file, commonName }: ServerCertificate): string => {
    if (file === 'server') return model.hosts.find(({ kind }) => kind === 'server')?.name ?? commonName;
    return (
      model.hosts.find(({ kind, name }) => (kind === 'bastion' && file === 'bastion') || name === commonName)?.name ??
      commonName
    );
  };
  return serverCertificates(model).map((certificate) => ({ ...certificate, name: named(certificate) }));
}

/** What `make-certificates.sh` of this plan creates; null if it creates nothing for a server. */
export interface OwnCertificates {
  readonly algorithm: 'ecdsa' | 'rsa';
  readonly days: number;
  readonly servers: readonly Machine[];
  readonly roles: readonly string[];
}

export function ownCertificates(model: AccessModel): OwnCertificates | null {
  const { certificate } = model.plan.security;
  if (certificate.source !== 'own-ca') return null;
  const { algorithm, days } = certificate;
  const roles = [...new Set(certificateHolders(model).map(({ role }) => role))];
  return { algorithm, days, servers: machines(model), roles };
}

const DAY = 86_400_000;
const SOON_DAYS = 30;

/**
 * Judges certificates for a plan at a moment (`now`, milliseconds since 1970). `chosen` gives the machine that a server
 * certificate is for, by the certificate's index; without it, the machine whose clients it fits best.
 */
export function judgeCertificates(
  model: AccessModel,
  all: readonly Certificate[],
  now: number,
  chosen: Readonly<Record<number, string>> = {},
): Judgement {
  const signers = new Set(
    all.flatMap(({ index, issuers }) => issuers.filter((link) => link.index !== index).map((link) => link.index)),
  );
  const leaves = all.filter(({ index }) => !signers.has(index));
  const first = all[0];
  return {
    subjects: leaves.map((certificate) => {
      const subject = judge(model, all, certificate, now, chosen[certificate.index]);
      const misplaced = leaves.length === 1 && first !== certificate && subject.use !== 'authority';
      const order = misplaced ? [say('judge.order', { subject: certificate.subject })] : [];
      return { ...subject, remarks: [...order, ...subject.remarks] };
    }),
  };
}

function judge(
  model: AccessModel,
  all: readonly Certificate[],
  certificate: Certificate,
  now: number,
  chosen: string | undefined,
): Subject {
  const use = purposeOf(model, certificate);
  const path = buildPath(certificate, { sent: all, roots: all.filter(isSelfSigned) }, { now, openssl: '3' });
  const last = path.certificates.at(-1);
  const base = {
    certificate,
    use,
    path: path.certificates,
    missingIssuer: path.end === 'issuerMissing' && last ? last.issuer : null,
    machine: null,
    remarks: remarks(path, now),
  };
  if (use === 'authority')
    return { ...base, rows: [], remarks: [say('judge.authority', { place: clientPlace(model) }), ...base.remarks] };
  if (use === 'client') {
    const rows = clientRows(model, certificate, path, now);
    return { ...base, rows, remarks: rows.length === 0 ? [say('judge.noClients'), ...base.remarks] : base.remarks };
  }
  const machine = chosen ?? bestMachine(model, certificate);
  const rows = visitors(model)
    .filter(({ file }) => file === machine)
    .map((visitor) => serverRow(model, certificate, path, visitor, now));
  return {
    ...base,
    machine,
    rows,
    remarks: rows.length === 0 ? [say('judge.noServer'), ...base.remarks] : base.remarks,
  };
}

function purposeOf(model: AccessModel, certificate: Certificate): Subject['use'] {
  const { extendedKeyUsage, alternatives, commonName } = certificate;
  if (extendedKeyUsage?.includes('serverAuth')) return 'server';
  if (extendedKeyUsage?.includes('clientAuth')) return 'client';
  if (alternatives.length > 0) return 'server';
  if (isAuthority(certificate)) return 'authority';
  return certificateHolders(model).some(({ role }) => role === commonName) ? 'client' : 'server';
}

function remarks(path: Path, now: number): Message[] {
  const { certificates } = path;
  return [
    ...certificates
      .filter(({ notAfter }) => notAfter >= now && notAfter - now < SOON_DAYS * DAY)
      .map(({ subject, notAfter }) => say('judge.soon', { subject, days: Math.floor((notAfter - now) / DAY) })),
    ...certificates
      .filter(({ nameConstraints }) => nameConstraints)
      .map(({ subject }) => say('judge.constraints', { subject })),
    ...uncheckedIn(path).map(({ subject, signature }) =>
      say('judge.signatureUnchecked', { subject, algorithm: signature.algorithm }),
    ),
  ];
}

/** A client that verifies the certificate of a machine. */
interface Visitor {
  readonly file: string;
  readonly path: string;
  readonly name: string;
  readonly host: string;
  readonly sslMode: 'require' | 'verify-ca' | 'verify-full';
}

/** Every client with each server that it is given, and the machines that themselves connect to the primary. */
function visitors(model: AccessModel): Visitor[] {
  const clients = model.clients.flatMap((access) => {
    const seen = new Map<string, Visitor>();
    for (const { host, sslMode } of connections(model, access)) {
      if (host === null || sslMode === null) continue;
      seen.set(host, { file: fileOf(model, access, host), path: access.path, name: access.client.name, host, sslMode });
    }
    return [...seen.values()];
  });
  const streams = model.replicas.map(
    ({ name, path }): Visitor => ({ file: 'server', path, name, host: primaryHost(model), sslMode: 'verify-full' }),
  );
  return [...clients, ...streams, ...pooler(model)];
}

/** PgBouncer always verifies the server, by the host in its list of databases. */
function pooler(model: AccessModel): Visitor[] {
  const found = proxied(model, 'pgbouncer');
  if (!found) return [];
  const host = pooledHost(model, found.bastion);
  return [{ file: 'server', path: 'network.proxy.kind', name: 'PgBouncer', host, sslMode: 'verify-full' }];
}

function fileOf(model: AccessModel, { client }: ClientAccess, host: string): string {
  const replica = readsReplicas(client) ? model.replicas.find(({ name }) => name === host) : undefined;
  if (replica) return `server-${replica.slug}`;
  return proxyOf(model.plan, client.via)?.kind === 'pgbouncer' ? 'bastion' : 'server';
}

function bestMachine(model: AccessModel, certificate: Certificate): string {
  const all = visitors(model);
  const fits = (file: string) =>
    all.filter((one) => one.file === file && libpqName(certificate, one.host, 15).matches).length;
  const known = serverCertificates(model).map(({ file }) => file);
  return known.toSorted((a, b) => fits(b) - fits(a))[0] ?? 'server';
}

const clientPlace = (model: AccessModel): string => {
  const root = rootCertificate(model);
  return root === 'system' ? say('judge.system').text : root.file;
};

function serverRow(model: AccessModel, certificate: Certificate, path: Path, visitor: Visitor, now: number): JudgedRow {
  const { host, sslMode } = visitor;
  const row = { path: visitor.path, client: visitor.name, target: host, sslMode };
  if (sslMode === 'require') {
    return { ...row, ...accepted(say('judge.unchecked')), fix: say('judge.unchecked.fix') };
  }
  const place = clientPlace(model);
  const { source } = model.plan.security.certificate;
  const fault = faultsIn(path, { purpose: 'server', openssl: '3', now })[0];
  if (fault) return { ...row, ...refused(refusalWords(fault), ...faultTexts(fault, 'server')) };
  if (source === 'lets-encrypt' && path.certificates.length === 1 && path.end === 'issuerMissing') {
    const texts = [
      say('judge.noIntermediate', { issuer: certificate.issuer }),
      say('judge.noIntermediate.fix'),
    ] as const;
    return { ...row, ...refused(refusalWords({ kind: 'issuerMissing' }), ...texts) };
  }
  const name = libpqName(certificate, host, 15);
  const differ =
    sslMode === 'verify-full' ? DRIVERS.filter((driver) => driverName(driver, certificate, host) !== name.matches) : [];
  if (sslMode === 'verify-full' && !name.matches)
    return { ...row, ...refused(name.words, ...nameTexts(model, certificate, host)), differ };
  return {
    ...row,
    ...ending(
      path,
      place,
      rootCertificate(model) === 'system',
      name.matches && sslMode === 'verify-full' ? name.by : null,
    ),
    differ,
  };
}

const accepted = (why: Message): Pick<JudgedRow, 'outcome' | 'words' | 'why' | 'fix' | 'differ'> => ({
  outcome: 'accepted',
  words: null,
  why,
  fix: null,
  differ: [],
});

const refused = (
  words: string,
  why: Message,
  fix: Message,
): Pick<JudgedRow, 'outcome' | 'words' | 'why' | 'fix' | 'differ'> => ({
  outcome: 'refused',
  words,
  why,
  fix,
  differ: [],
});

/**
 * The result if the other side trusts the certificate where the path ends, which only its own file of roots determines.
 */
function ending(
  path: Path,
  place: string,
  unseen: boolean,
  name: string | null,
): Pick<JudgedRow, 'outcome' | 'words' | 'why' | 'fix'> {
  const last = path.certificates.at(-1);
  const { subject = '', issuer = '' } = last ?? {};
  if (path.end === 'issuerMissing') {
    return {
      outcome: 'condition',
      words: null,
      why: say('judge.issuerMissing', { issuer, subject, place }),
      fix: say('judge.issuerMissing.fix', { issuer }),
    };
  }
  const values = { place, root: subject, name: name ?? '' };
  const why = say(name === null ? 'judge.trusted' : 'judge.trustedName', values);
  return { outcome: unseen ? 'condition' : 'accepted', words: null, why, fix: null };
}

function nameTexts(model: AccessModel, certificate: Certificate, host: string): readonly [Message, Message] {
  const { alternatives, commonName } = certificate;
  const names =
    alternatives.length > 0 ? alternatives.map(({ text }) => text) : commonName === null ? [] : [commonName];
  const own = model.plan.security.certificate.source === 'own-ca';
  return [
    names.length === 0 ? say('judge.noName') : say('judge.name', { host, names: names.join(', ') }),
    say(own ? 'judge.name.ownFix' : 'judge.name.fix', { host }),
  ];
}

const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

function faultTexts({ kind, certificate }: Fault, purpose: Purpose): readonly [Message, Message] {
  const { subject, notBefore, notAfter, key, signature, extendedKeyUsage, keyUsage, unknownCritical } = certificate;
  const values = {
    subject,
    date: dateOf(kind === 'expired' ? notAfter : notBefore),
    bits: key.bits ?? 0,
    algorithm: key.algorithm,
    hash: signature.hash ?? signature.algorithm,
    uses: [...(extendedKeyUsage ?? keyUsage ?? [])].join(', '),
    purpose,
    wanted: purpose === 'server' ? 'serverAuth' : 'clientAuth',
    extensions: unknownCritical.join(', '),
  };
  return [say(`judge.${kind}`, values), say(`judge.${kind}.fix`, values)];
}

/** A client that presents a certificate with a role as its common name. */
interface CertificateHolder {
  readonly path: string;
  readonly name: string;
  readonly role: string;
  readonly method: 'cert' | 'cert+scram';
}

function certificateHolders({ plan, clients, replicas }: AccessModel): CertificateHolder[] {
  const { network } = plan;
  const people = clients.flatMap(({ client, path }) => {
    const { method } = client.auth;
    if (method !== 'cert' && method !== 'cert+scram') return [];
    return client.roles.map((role): CertificateHolder => ({ path: `${path}.roles`, name: client.name, role, method }));
  });
  if (network.pattern !== 'private' || network.replicationAuth === 'scram') return people;
  const { replicationRole: role, replicationAuth: method } = network;
  return [
    ...people,
    ...replicas.map(({ name }): CertificateHolder => ({ path: 'network.replicationAuth', name, role, method })),
  ];
}

/** The holders whose role it contains; everyone who presents a certificate if it contains nobody's role. */
function clientRows(model: AccessModel, certificate: Certificate, path: Path, now: number): JudgedRow[] {
  const all = certificateHolders(model);
  const fitting = all.filter(({ role }) => role === certificate.commonName);
  return (fitting.length > 0 ? fitting : all).map((holder) => clientRow(model, certificate, path, holder, now));
}

function clientRow(
  model: AccessModel,
  { commonName }: Certificate,
  path: Path,
  { path: at, name, role, method }: CertificateHolder,
  now: number,
): JudgedRow {
  const place = serverTlsPaths(model).clientCa ?? 'ssl_ca_file';
  const row = { path: at, client: name, target: role, sslMode: null };
  const fault = faultsIn(path, { purpose: 'client', openssl: '3', now })[0];
  if (fault) return { ...row, ...refused(alertWords(fault), ...faultTexts(fault, 'client')) };
  if (role !== commonName) {
    const texts = [say('judge.role', { role, name: commonName ?? '' }), say('judge.role.fix', { role })] as const;
    return { ...row, ...refused(roleMismatch({ role, method }), ...texts) };
  }
  const end = ending(path, place, false, null);
  const root = path.certificates.at(-1)?.subject ?? '';
  const why = end.outcome === 'accepted' ? say('judge.clientTrusted', { place, root }) : end.why;
  return { ...row, ...end, why, differ: [] };
}

const alertWords = (fault: Refusal['why']): string => `SSL error: … ${refusalWords(fault, 'client')}`;
