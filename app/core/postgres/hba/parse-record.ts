import { encodeBytes } from '../../bytes/bytes.ts';
import { cidrMask, numericAddress } from './address.ts';
import { isExpression } from './expression.ts';
import { NetworkAddress } from './network-address.ts';
import { wholeOauth } from './oauth.ts';
import { type Options, shownOptions, splitList, takeOption, unshownOptions } from './options.ts';
import {
  type ConnectionType,
  type HbaRecord,
  hasMethod,
  METHODS,
  type Method,
  type RecordAddress,
  type Refusal,
} from './record.ts';
import { regexProblem } from './regex.ts';
import type { Field, Token } from './token.ts';

/** Properties of the server that affect how a record is parsed. */
export interface Build {
  readonly major: number;
  /** `ssl = on`. */
  readonly ssl: boolean;
  /** Authentication methods that it was built with. */
  readonly methods: ReadonlySet<string>;
  /** `oauth_validator_libraries`. */
  readonly oauthValidatorLibraries: string;
  /** Expressions are parsed as in the view, by UTF-8 characters; for logins the server reads bytes. */
  readonly expressionsAsInView?: boolean;
}

/** Parses the fields of one line in the order of `parse_hba_line` of `hba.c`; the first error decides. */
export function parseRecord(fields: readonly Field[], build: Build): HbaRecord | Refusal {
  const refuse = (error: string): Refusal => ({ error });
  const [typeField = [], databases, users] = fields;
  if (typeField.length > 1) return refuse('multiple values specified for connection type');
  const type = connectionType(typeField[0]?.text ?? '', build.major);
  if (!type) return refuse(`invalid connection type "${typeField[0]?.text ?? ''}"`);

  if (!databases) return refuse('end-of-line before database specification');
  const badDatabase = badExpression(databases, build);
  if (badDatabase) return refuse(badDatabase);
  if (!users) return refuse('end-of-line before role specification');
  const badUser = badExpression(users, build);
  if (badUser) return refuse(badUser);

  const taken = type === 'local' ? { address: null, next: 3 } : takeAddress(fields, 3);
  if ('error' in taken) return taken;

  const methodField = fields[taken.next];
  if (!methodField) return refuse('end-of-line before authentication method');
  if (methodField.length > 1) return refuse('multiple values specified for authentication type');
  const name = methodField[0]?.text ?? '';
  const written = everyMethod.get(name);
  if (!written || !hasMethod(written, build.major)) return refuse(`invalid authentication method "${name}"`);
  if (!build.methods.has(written))
    return refuse(`invalid authentication method "${name}": not supported by this build`);
  const method: Method = written === 'ident' && type === 'local' ? 'peer' : written;
  const misplaced = methodHere(method, type);
  if (misplaced) return refuse(misplaced);

  const line = { type, method, major: build.major, libraries: build.oauthValidatorLibraries };
  const plain = fields.length === taken.next + 1 && !asksForOptions.has(method);
  const options = plain ? noOptions : takeOptions(fields.slice(taken.next + 1).flat(), line);
  // If the view has no text of its own, it still shows the remark.
  if ('error' in options) return { error: options.error ?? remark(type, build) };
  return {
    type,
    databases,
    users,
    address: taken.address,
    method,
    options: options.shown,
    ...(options.unshown && options.unshown.length > 0 ? { unshown: options.unshown } : {}),
    remark: remark(type, build),
  };
}

/** Methods that are checked even without options. */
const asksForOptions: ReadonlySet<Method> = new Set(['gss', 'sspi', 'cert', 'ldap', 'radius', 'oauth']);

const noOptions: TakenOptions = { shown: [] };

const everyType: ReadonlyMap<string, ConnectionType> = new Map(
  (['local', 'host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'] as const).map((type) => [type, type]),
);

const everyMethod: ReadonlyMap<string, Method> = new Map(METHODS.map((method) => [method, method]));

function connectionType(word: string, major: number): ConnectionType | undefined {
  const type = everyType.get(word);
  return major < 12 && (type === 'hostgssenc' || type === 'hostnogssenc') ? undefined : type;
}

/** A record that cannot match on this server is still accepted, and the view says why. */
function remark(type: ConnectionType, { ssl, methods }: Build): string | null {
  if (type === 'hostssl' && !ssl) return 'hostssl record cannot match because SSL is disabled';
  if (type === 'hostgssenc' && !methods.has('gss'))
    return 'hostgssenc record cannot match because GSSAPI is not supported by this build';
  return null;
}

/** The server's message for the first invalid regular expression of a field. */
function badExpression(tokens: readonly Token[], { major, expressionsAsInView }: Build): string | undefined {
  for (const { text } of tokens) {
    if (!isExpression(text, major)) continue;
    const source = text.slice(1);
    const problem = regexProblem(expressionsAsInView ? codePoints(source) : encodeBytes(source));
    if (problem) return `invalid regular expression "${source}": ${problem}`;
  }
  return undefined;
}

const codePoints = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);

/** The address that starts at a field, and the field after it. */
function takeAddress(
  fields: readonly Field[],
  first: number,
): { readonly address: RecordAddress; readonly next: number } | Refusal {
  const field = fields[first];
  if (!field) return { error: 'end-of-line before IP address specification' };
  if (field.length > 1) return { error: 'multiple values specified for host address' };
  const [token] = field;
  const text = token?.text ?? '';
  const next = first + 1;
  if (!token?.quoted && (text === 'all' || text === 'samehost' || text === 'samenet'))
    return { address: { kind: text }, next };
  const slash = text.indexOf('/');
  const before = slash < 0 ? text : text.slice(0, slash);
  const address = numericAddress(before);
  if (slash >= 0) {
    if (!address) return { error: `specifying both host name and CIDR mask is invalid: "${text}"` };
    const mask = cidrMask(text.slice(slash + 1), address.family);
    return mask
      ? { address: new NetworkAddress(address, mask), next }
      : { error: `invalid CIDR mask in address "${text}"` };
  }
  if (!address) return { address: { kind: 'name', name: text }, next };
  const maskField = fields[next];
  if (!maskField) return { error: 'end-of-line before netmask specification' };
  if (maskField.length > 1) return { error: 'multiple values specified for netmask' };
  const maskText = maskField[0]?.text ?? '';
  const mask = numericAddress(maskText);
  if (!mask) return { error: `invalid IP mask "${maskText}": Name or service not known` };
  return mask.family === address.family
    ? { address: new NetworkAddress(address, mask), next: next + 1 }
    : { error: 'IP address and mask do not match' };
}

function methodHere(method: Method, type: ConnectionType): string | undefined {
  if (type === 'local' && method === 'gss') return 'gssapi authentication is not supported on local sockets';
  if (type !== 'local' && method === 'peer') return 'peer authentication is only supported on local sockets';
  if (type !== 'hostssl' && method === 'cert') return 'cert authentication is only supported on hostssl connections';
  return undefined;
}

interface Line {
  readonly type: ConnectionType;
  readonly method: Method;
  readonly major: number;
  /** `oauth_validator_libraries`. */
  readonly libraries: string;
}

interface TakenOptions {
  readonly shown: readonly string[];
  readonly unshown?: readonly string[];
}

function takeOptions(tokens: readonly Token[], line: Line): TakenOptions | Refusal {
  const options: Options = { ldap: {}, radius: {}, oauth: {}, ofValidator: [] };
  if (line.method === 'gss' || line.method === 'sspi') options.includeRealm = true;
  for (const { text } of tokens) {
    const equals = text.indexOf('=');
    if (equals < 0) return { error: `authentication option not in name=value format: ${text}` };
    if (line.method === 'ldap') options.ldap.ldapscope = '2';
    const problem = takeOption(options, text.slice(0, equals), text.slice(equals + 1), line);
    if (problem) return { error: problem === 'silent' ? null : problem.error };
  }
  const problem = whole(options, line);
  if (problem !== undefined) return { error: problem };
  if (line.method === 'cert') options.clientCert = line.major === 11 ? 'on' : 'full';
  return { shown: shownOptions(options, line), unshown: unshownOptions(options, line) };
}

const needs = (method: string, argument: string) =>
  `authentication method "${method}" requires argument "${argument}" to be set`;

/** What a method requires of its options as a whole. Null means a rejection without a text in the view. */
function whole(options: Options, line: Line): string | null | undefined {
  switch (line.method) {
    case 'ldap':
      return wholeLdap(options.ldap, line.major);
    case 'radius':
      return wholeRadius(options.radius, line.major);
    case 'oauth':
      return wholeOauth(options, line.libraries, line.major);
    default:
      return undefined;
  }
}

function wholeLdap(ldap: Readonly<Record<string, string>>, major: number): string | undefined {
  if (major === 11 && ldap.ldapserver === undefined) return needs('ldap', 'ldapserver');
  const simple = ldap.ldapprefix !== undefined || ldap.ldapsuffix !== undefined;
  const search = ['ldapbasedn', 'ldapbinddn', 'ldapbindpasswd', 'ldapsearchattribute', 'ldapsearchfilter'].some(
    (name) => ldap[name] !== undefined,
  );
  if (simple && search) {
    return major >= 18
      ? 'cannot mix options for simple bind and search+bind modes'
      : 'cannot use ldapbasedn, ldapbinddn, ldapbindpasswd, ldapsearchattribute, ldapsearchfilter, or ldapurl together with ldapprefix';
  }
  if (!simple && ldap.ldapbasedn === undefined) {
    return 'authentication method "ldap" requires argument "ldapbasedn", "ldapprefix", or "ldapsuffix" to be set';
  }
  if (ldap.ldapsearchattribute !== undefined && ldap.ldapsearchfilter !== undefined) {
    return 'cannot use ldapsearchattribute together with ldapsearchfilter';
  }
  return undefined;
}

/** Null: rejected, and a server before 14 says why only in its log. */
function wholeRadius(radius: Readonly<Record<string, string>>, major: number): string | null | undefined {
  const count = (name: string) => splitList(radius[name] ?? '')?.length ?? 0;
  const missing = ['radiusservers', 'radiussecrets'].find((name) => count(name) === 0);
  if (missing) return needs('radius', missing);
  const servers = count('radiusservers');
  const words = { radiussecrets: 'secrets', radiusports: 'ports', radiusidentifiers: 'identifiers' } as const;
  for (const [name, word] of Object.entries(words)) {
    const items = count(name);
    if (items <= 1 || items === servers) continue;
    return major < 14
      ? null
      : `the number of RADIUS ${word} (${items}) must be 1 or the same as the number of RADIUS servers (${servers})`;
  }
  return undefined;
}
