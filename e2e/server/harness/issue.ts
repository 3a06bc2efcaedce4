import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './command.ts';
import { own } from './places.ts';

const folder = `${own}/issued`;
const at = (file: string) => join(folder, file);

export type KeyKind = 'ec' | 'ec-other' | 'p384' | 'rsa' | 'rsa-other' | 'rsa-1024' | 'ed25519';

const GENERATE: Readonly<Record<KeyKind, readonly string[]>> = {
  ec: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'ec-other': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'rsa-other': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'rsa-1024': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
  ed25519: ['-algorithm', 'ED25519'],
};

export interface Order {
  readonly name: string;
  /** As openssl's -subj has it. */
  readonly subject: string;
  /** Name of an earlier order; its own name means self-signed. */
  readonly by: string;
  readonly key?: KeyKind;
  /** Lines of an openssl extension section. */
  readonly extensions?: readonly string[];
  /** Days from now. */
  readonly from?: number;
  readonly to?: number;
  readonly digest?: string;
  /** Further options of `openssl ca`. */
  readonly options?: readonly string[];
}

export interface Issued {
  readonly pem: string;
  readonly key: string;
}

/** Certificates created by openssl to order; keys are shared by kind, so that hundreds are cheap. */
export function issue(orders: readonly Order[]): ReadonlyMap<string, Issued> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(at('index.txt'), '');
  writeFileSync(at('index.txt.attr'), 'unique_subject = no\n');
  const issued = new Map<string, Issued>();
  const kinds = new Map<string, KeyKind>();
  for (const order of orders) {
    const kind = order.key ?? 'ec';
    kinds.set(order.name, kind);
    const request = at('request.csr');
    must('openssl', [
      'req',
      '-new',
      '-utf8',
      '-config',
      configuration([]),
      '-subj',
      order.subject,
      '-key',
      keyFile(kind),
      '-out',
      request,
    ]);
    const pem = must('openssl', [
      'ca',
      '-batch',
      '-notext',
      '-config',
      configuration(order.extensions ?? []),
      ...(order.extensions ? ['-extensions', 'wanted'] : []),
      ...(order.by === order.name
        ? ['-selfsign', '-keyfile', keyFile(kind)]
        : ['-cert', at(`${order.by}.crt`), '-keyfile', keyFile(kinds.get(order.by) ?? 'ec')]),
      '-startdate',
      day(order.from ?? -30),
      '-enddate',
      day(order.to ?? 300),
      '-md',
      order.digest ?? 'default',
      ...(order.options ?? []),
      '-in',
      request,
    ]);
    writeFileSync(at(`${order.name}.crt`), pem);
    issued.set(order.name, { pem, key: readFileSync(keyFile(kind), 'utf8') });
  }
  return issued;
}

function keyFile(kind: KeyKind): string {
  const file = at(`${kind}.key`);
  if (!existsSync(file)) must('openssl', ['genpkey', ...GENERATE[kind], '-out', file]);
  return file;
}

const day = (offset: number): string =>
  `${new Date(Date.now() + offset * 86_400_000).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;

function configuration(extensions: readonly string[]): string {
  const file = at('openssl.cnf');
  const lines = [
    '[req]',
    'distinguished_name = name',
    '[ca]',
    'default_ca = own',
    '[own]',
    `new_certs_dir = ${folder}`,
    `database = ${at('index.txt')}`,
    'rand_serial = yes',
    'default_md = sha256',
    'policy = any',
    'preserve = yes',
    'string_mask = utf8only',
    '[any]',
    ...['commonName', 'organizationName', 'emailAddress'].map((name) => `${name} = optional`),
    '[name]',
    '[wanted]',
    ...extensions,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
