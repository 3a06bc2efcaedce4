import { createHash, X509Certificate } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Plan } from '../../../app/core/index.ts';
import { accountNamed, visitor } from './accounts.ts';
import { type Files, fileNamed, settingsFile } from './bundle.ts';
import { must, run } from './command.ts';
import type { Layout } from './layout.ts';
import { own } from './places.ts';
import { place } from './writable.ts';

export interface Pair {
  readonly cert: string;
  readonly key: string;
}

export interface Certificates {
  /** PEM of the CA with which clients verify the server. */
  readonly ca: string;
  readonly server: Pair;
  /** PEM of the CA with which the server verifies clients; undefined if nobody needs a certificate. */
  readonly clientCa: string | undefined;
  /** By role. */
  readonly clients: ReadonlyMap<string, Pair>;
  /** The folder that make-certificates.sh filled, if the plan has one. */
  readonly folder: string | undefined;
}

/** Runs the bundle's make-certificates.sh as an ordinary user, as its README says; the same script runs only once. */
export async function makeCertificates(plan: Plan, files: Files): Promise<Certificates> {
  const script = fileNamed(files, 'make-certificates.sh');
  const folder = script ? await runScript(script.content) : undefined;
  const made = folder ? pairsIn(folder) : new Map<string, Pair>();
  const ca = folder ? readFileSync(join(folder, 'ca.crt'), 'utf8') : undefined;
  const server = plan.security.certificate.source === 'own-ca' ? made.get('server') : undefined;
  if (plan.security.certificate.source === 'own-ca' && !(server && ca)) {
    throw new Error('make-certificates.sh left no certificates/server.crt, server.key and ca.crt');
  }
  const public_ = server && ca ? { ca, server } : publicAuthority(plan);
  return { ...public_, clientCa: ca, clients: byCommonName(made), folder };
}

/** The file with the passphrase of every CA that the tests create. */
export function passphraseFile(): string {
  const file = `${own}/ca-passphrase`;
  if (!existsSync(file)) writeFileSync(file, 'a passphrase "of" $(the) CA\n');
  return file;
}

async function runScript(content: string): Promise<string> {
  const home = `${own}/certificates/${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
  const folder = join(home, 'certificates');
  if (existsSync(folder)) return folder;
  mkdirSync(home, { recursive: true });
  chownSync(home, visitor.uid, visitor.gid);
  writeFileSync(join(home, 'make-certificates.sh'), content);
  const { code, stdout, stderr } = await run('bash', ['make-certificates.sh'], {
    as: visitor,
    cwd: home,
    env: { CA_PASSPHRASE_FILE: passphraseFile() },
  });
  if (code !== 0) throw new Error(`make-certificates.sh ended with exit code ${code}:\n${stdout}${stderr}`);
  return folder;
}

/** Every NAME.crt with its NAME.key under a folder, by path without the ending. */
function pairsIn(folder: string): Map<string, Pair> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.crt') && existsSync(join(folder, name.replace(/crt$/, 'key'))))
    .map((name) => name.slice(0, -'.crt'.length));
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return new Map(names.map((name) => [name, { cert: read(`${name}.crt`), key: read(`${name}.key`) }]));
}

/** A client's certificate belongs to the role that is its common name, whatever its file is called. */
function byCommonName(pairs: ReadonlyMap<string, Pair>): Map<string, Pair> {
  const clients = [...pairs].filter(([name]) => name.startsWith('clients/')).map(([, pair]) => pair);
  return new Map(clients.map((pair) => [String(new X509Certificate(pair.cert).toLegacyObject().subject.CN), pair]));
}

/** Replaces Let's Encrypt or a company's CA, which has signed the server's certificate according to the plan. */
function publicAuthority(plan: Plan): { readonly ca: string; readonly server: Pair } {
  const { name, addresses } = plan.server;
  const names = [name, ...addresses.public, ...addresses.private, ...addresses.vpn].filter((one) => one !== null);
  const sans = names.map((one) => (isIP(one) ? `IP:${one}` : `DNS:${one}`)).join(',');
  const folder = `${own}/public-authority/${createHash('sha256').update(sans).digest('hex').slice(0, 16)}`;
  const at = (file: string) => join(folder, file);
  if (!existsSync(at('server.crt'))) {
    mkdirSync(folder, { recursive: true });
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    must('openssl', [
      'req',
      '-x509',
      '-days',
      '30',
      ...key,
      '-subj',
      '/CN=Public authority',
      '-keyout',
      at('ca.key'),
      '-out',
      at('ca.crt'),
    ]);
    must('openssl', ['req', ...key, '-subj', '/CN=server', '-keyout', at('server.key'), '-out', at('server.csr')]);
    writeFileSync(at('san'), `subjectAltName=${sans}\n`);
    const sign = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '20', '-extfile', at('san')];
    must('openssl', ['x509', '-req', '-in', at('server.csr'), ...sign, '-out', at('server.crt')]);
  }
  const read = (file: string) => readFileSync(at(file), 'utf8');
  return { ca: read('ca.crt'), server: { cert: read('server.crt'), key: read('server.key') } };
}

/** The installer of the bundle, and a pair that it installs instead of the server's own. */
const copies = `${own}/copied`;

/**
 * Installs the certificates at the paths in the settings. If the bundle has an installer it is run, as its README says;
 * what the plan leaves to others is installed by hand: a CA's certificate, a container's mount, Windows.
 */
export async function installCertificates(
  plan: Plan,
  files: Files,
  layout: Layout,
  certificates: Certificates,
): Promise<void> {
  const installer = plan.server.platform === 'docker' ? undefined : fileNamed(files, 'install-certificates.sh');
  if (plan.security.certificate.source !== 'own-ca' || !installer) placeByHand(plan, files, layout, certificates);
  if (!installer || !certificates.folder) return;
  must('sh', ['-ec', 'rm -rf "$2"; cp -a "$1" "$2"', 'copy', certificates.folder, copies]);
  writeFileSync(join(copies, 'install-certificates.sh'), installer.content);
  await runInstaller([]);
}

/** Gives the server the certificate of one of its replicas, which it then represents; a reload applies it. */
export async function installReplicaCertificate(replica: string): Promise<void> {
  const names = readdirSync(copies).filter((name) => /^server-.*\.crt$/.test(name));
  const carries = (name: string) =>
    must('openssl', ['x509', '-noout', '-ext', 'subjectAltName', '-in', join(copies, name)]).includes(`DNS:${replica}`);
  const file = names.find(carries);
  if (!file)
    throw new Error(`make-certificates.sh made no certificate for the replica ${replica}; it made ${names.join(', ')}`);
  await runInstaller(['.', file.replace(/\.crt$/, '')]);
}

export const installServerCertificate = (): Promise<void> => runInstaller([]);

async function runInstaller(args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await run('bash', ['install-certificates.sh', ...args], { cwd: copies });
  if (code !== 0)
    throw new Error(`install-certificates.sh ${args.join(' ')} ended with exit code ${code}:\n${stdout}${stderr}`);
}

function placeByHand(plan: Plan, files: Files, layout: Layout, certificates: Certificates): void {
  const settings = settingsFile(files).content;
  const owner = accountNamed(layout.account);
  const named = (setting: string) => {
    const value = new RegExp(`^${setting} = '((?:[^']|'')*)'`, 'm').exec(settings)?.[1]?.replaceAll("''", "'");
    if (!value) return undefined;
    // A relative name is below the data directory (manual, 19.9).
    return /^([A-Za-z]:|\/)/.test(value) ? layout.here(value) : `${layout.dataDirectory}/${value}`;
  };
  const put = (path: string | undefined, content: string | undefined, mode: number) => {
    if (path && content) place(path, content, mode, owner);
  };
  put(named('ssl_cert_file'), certificates.server.cert, 0o644);
  // `be-secure-common.c` refuses a key that group or others can read, unless root owns it.
  put(named('ssl_key_file'), certificates.server.key, 0o600);
  const byInstaller =
    certificates.folder !== undefined && plan.server.platform !== 'docker' && plan.server.platform !== 'windows';
  if (!byInstaller) put(named('ssl_ca_file'), certificates.clientCa ?? certificates.ca, 0o644);
}
