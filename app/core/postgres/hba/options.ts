import { crash } from './crash.ts';
import { namesNoAttribute, parseLdapUrl } from './ldap-url.ts';
import { type ConnectionType, hasMethod, type Method } from './record.ts';

/** The effective options of one record. */
export interface Options {
  map?: string;
  clientCert?: 'off' | 'ca' | 'full' | 'on';
  includeRealm?: boolean;
  krbRealm?: string;
  pamService?: string;
  ldap: Record<string, string>;
  ldapTls?: boolean;
  radius: Record<string, string>;
  oauth: Record<string, string>;
  delegate?: boolean;
  /** The options of the validator library (`validator.NAME`, 19+), as written. */
  ofValidator: string[];
}

/** A text is the error in `pg_hba_file_rules`. `silent`: the line is rejected without an error there. */
export type OptionProblem = { readonly error: string } | 'silent';

interface Line {
  readonly type: ConnectionType;
  readonly method: Method;
  readonly major: number;
}

const radiusOptions = new Set(['radiusservers', 'radiussecrets', 'radiusidentifiers', 'radiusports']);
const ldapOptions = new Set([
  'ldapurl',
  'ldaptls',
  'ldapscheme',
  'ldapserver',
  'ldapport',
  'ldapbinddn',
  'ldapbindpasswd',
  'ldapsearchattribute',
  'ldapsearchfilter',
  'ldapbasedn',
  'ldapprefix',
  'ldapsuffix',
]);
/** The start of the names of a validator library's own options. */
const VALIDATOR = 'validator.';

/** Validator libraries have options of their own since 19. */
export const hasValidatorOptions = (major: number): boolean => major >= 19;

/** The names that a validator library's option can have (`auth-oauth.c`, valid_oauth_hba_option_name). */
export const isValidatorOption = (name: string): boolean => /^[A-Za-z0-9_-]+$/.test(name);

const oauthOptions = new Set(['issuer', 'scope', 'validator', 'delegate_ident_mapping']);

/** Applies one `name=value`, as `parse_hba_auth_opt` of `hba.c` does. */
export function takeOption(options: Options, name: string, value: string, line: Line): OptionProblem | undefined {
  const { method, type, major } = line;
  const only = (methods: readonly Method[], words: string): OptionProblem | undefined =>
    methods.includes(method)
      ? undefined
      : { error: `authentication option "${name}" is only valid for authentication methods ${words}` };
  const flag = value === '1';
  if (name === 'map') {
    const methods: Method[] = [
      'ident',
      'peer',
      'gss',
      'sspi',
      'cert',
      ...(hasMethod('oauth', major) ? (['oauth'] as const) : []),
    ];
    options.map = value;
    return only(
      methods,
      hasMethod('oauth', major) ? 'ident, peer, gssapi, sspi, cert, and oauth' : 'ident, peer, gssapi, sspi, and cert',
    );
  }
  if (name === 'clientcert') return type === 'hostssl' ? clientCert(options, value, line) : onlyHostssl(name);
  if (name === 'clientname' && major >= 14) {
    if (type !== 'hostssl') return onlyHostssl(name);
    return value === 'CN' || value === 'DN' ? undefined : 'silent';
  }
  if (name === 'pamservice') {
    options.pamService = value;
    return only(['pam'], 'pam');
  }
  if (name === 'pam_use_hostname') return only(['pam'], 'pam');
  if (ldapOptions.has(name)) return only(['ldap'], 'ldap') ?? ldapOption(options, name, value, flag);
  if (name === 'krb_realm') {
    options.krbRealm = value;
    return only(['gss', 'sspi'], 'gssapi and sspi');
  }
  if (name === 'include_realm') {
    options.includeRealm = flag;
    return only(['gss', 'sspi'], 'gssapi and sspi');
  }
  if (name === 'compat_realm' || name === 'upn_username') return only(['sspi'], 'sspi');
  if (radiusOptions.has(name) && hasMethod('radius', major))
    return only(['radius'], 'radius') ?? radiusOption(options, name, value);
  if (oauthOptions.has(name) && hasMethod('oauth', major)) {
    if (name === 'delegate_ident_mapping') options.delegate = flag;
    else options.oauth[name] = value;
    return only(['oauth'], 'oauth');
  }
  if (name.startsWith(VALIDATOR) && hasValidatorOptions(major)) {
    options.ofValidator.push(`${name}=${value}`);
    return only(['oauth'], 'oauth') ?? (isValidatorOption(name.slice(VALIDATOR.length)) ? undefined : 'silent');
  }
  return { error: `unrecognized authentication option name: "${name}"` };
}

const onlyHostssl = (name: string): OptionProblem => ({ error: `${name} can only be configured for "hostssl" rows` });

/** The values of clientcert changed in 12 and again in 14. */
function clientCert(options: Options, value: string, { method, major }: Line): OptionProblem | undefined {
  const cert = method === 'cert';
  const no = major >= 13 ? 'cannot' : 'can not';
  if (major === 11) {
    options.clientCert = value === '1' ? 'on' : 'off';
    return cert && value !== '1'
      ? { error: 'clientcert can not be set to 0 when using "cert" authentication' }
      : undefined;
  }
  if (value === 'verify-full') {
    options.clientCert = 'full';
    return undefined;
  }
  if (value === 'verify-ca' || (value === '1' && major < 14)) {
    if (cert && major >= 14)
      return { error: 'clientcert can only be set to "verify-full" when using "cert" authentication' };
    options.clientCert = 'ca';
    return undefined;
  }
  if (major < 14 && (value === '0' || value === 'no-verify')) {
    options.clientCert = 'off';
    return cert ? { error: `clientcert ${no} be set to "no-verify" when using "cert" authentication` } : undefined;
  }
  return 'silent';
}

function ldapOption(options: Options, name: string, value: string, flag: boolean): OptionProblem | undefined {
  if (name === 'ldaptls') {
    options.ldapTls = flag;
    return undefined;
  }
  if (name === 'ldapurl') return ldapUrl(options.ldap, value);
  if (name === 'ldapport') {
    const port = cInteger(value);
    if (port === 0) return { error: `invalid LDAP port number: "${value}"` };
    options.ldap.ldapport = String(port);
    return undefined;
  }
  options.ldap[name] = value;
  return undefined;
}

/** How `parse_hba_auth_opt` applies a URL: each part that is present overrides an earlier option. */
function ldapUrl(ldap: Options['ldap'], value: string): OptionProblem | undefined {
  const url = parseLdapUrl(value);
  if ('reason' in url) return { error: `could not parse LDAP URL "${value}": ${url.reason}` };
  if (url.scheme !== 'ldap' && url.scheme !== 'ldaps') return { error: `unsupported LDAP URL scheme: ${url.scheme}` };
  // It reads the first attribute of the list without checking that there is one.
  if (namesNoAttribute(url)) return { error: crash(`LDAP URL "${value}" has a list of attributes that names none`) };
  const [attribute] = url.attributes ?? [];
  ldap.ldapscheme = url.scheme;
  ldap.ldapport = String(url.port);
  ldap.ldapscope = String(url.scope);
  if (url.host !== undefined) ldap.ldapserver = url.host;
  if (url.baseDn !== undefined) ldap.ldapbasedn = url.baseDn;
  if (attribute !== undefined) ldap.ldapsearchattribute = attribute;
  if (url.filter !== undefined) ldap.ldapsearchfilter = url.filter;
  return undefined;
}

/** `atoi`: the number at the start, or 0. */
const cInteger = (text: string): number => Number(/^[ \t\n\v\f\r]*([+-]?[0-9]+)/.exec(text)?.[1] ?? 0);

function radiusOption(options: Options, name: string, value: string): OptionProblem | undefined {
  const items = splitList(value);
  if (!items) return name === 'radiusports' ? { error: `invalid RADIUS port number: "${value}"` } : 'silent';
  if (name === 'radiusports' && items.some((item) => cInteger(item) === 0)) return 'silent';
  options.radius[name] = value;
  return undefined;
}

/**
 * `SplitGUCList`: items between commas, in double quotes or bare; undefined for bad syntax. With `spaced`, blanks inside
 * a bare item belong to it, as in `SplitDirectoriesString`.
 */
export function splitList(text: string, { spaced = false } = {}): string[] | undefined {
  const blank = /[ \t\n\r\f\v]/;
  const items: string[] = [];
  let at = 0;
  const skip = () => {
    while (at < text.length && blank.test(text[at] ?? '')) at++;
  };
  skip();
  if (at >= text.length) return [];
  for (;;) {
    let item = '';
    if (text[at] === '"') {
      for (at++; ; at++) {
        if (at >= text.length) return undefined;
        if (text[at] !== '"') item += text[at];
        else if (text[at + 1] === '"') {
          item += '"';
          at++;
        } else break;
      }
      at++;
    } else {
      while (at < text.length && text[at] !== ',' && (spaced || !blank.test(text[at] ?? ''))) item += text[at++];
      if (spaced) item = item.replace(/[ \t\n\r\f\v]+$/, '');
      if (item === '') return undefined;
    }
    skip();
    items.push(item);
    if (at >= text.length) return items;
    if (text[at] !== ',') return undefined;
    at++;
    skip();
  }
}

/** Effective options that the view omits, so that they are visible only in the file. */
export const unshownOptions = ({ ldap: { ldapscheme }, ofValidator }: Options, { major }: Line): string[] => [
  ...(ldapscheme === undefined || showsLdapScheme(major) ? [] : [`ldapscheme=${ldapscheme}`]),
  ...ofValidator,
];

const showsLdapScheme = (major: number) => major >= 15;

/** The view omits numbers that are 0. Scope 0 is `base`. */
const notZero = (number: string | undefined): string | undefined => (number === '0' ? undefined : number);

/** The options as the view lists them (`get_hba_options`). */
export function shownOptions(options: Options, { method, major }: Line): string[] {
  const found: string[] = [];
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined) found.push(`${name}=${value}`);
  };
  if (method === 'gss' || method === 'sspi') {
    if (options.includeRealm) found.push('include_realm=true');
    add('krb_realm', options.krbRealm);
  }
  add('map', options.map);
  if (options.clientCert === 'on') found.push('clientcert=true');
  if (options.clientCert === 'ca') found.push('clientcert=verify-ca');
  if (options.clientCert === 'full') found.push('clientcert=verify-full');
  add('pamservice', options.pamService);
  if (method === 'ldap') {
    const { ldap } = options;
    add('ldapserver', ldap.ldapserver);
    add('ldapport', notZero(ldap.ldapport));
    if (showsLdapScheme(major)) add('ldapscheme', ldap.ldapscheme);
    if (options.ldapTls) found.push('ldaptls=true');
    for (const name of [
      'ldapprefix',
      'ldapsuffix',
      'ldapbasedn',
      'ldapbinddn',
      'ldapbindpasswd',
      'ldapsearchattribute',
      'ldapsearchfilter',
    ]) {
      add(name, ldap[name]);
    }
    add('ldapscope', notZero(ldap.ldapscope));
  }
  if (method === 'radius') {
    for (const name of ['radiusservers', 'radiussecrets', 'radiusidentifiers', 'radiusports'])
      add(name, options.radius[name]);
  }
  if (method === 'oauth') {
    for (const name of ['issuer', 'scope', 'validator']) add(name, options.oauth[name]);
    if (options.delegate) found.push('delegate_ident_mapping=true');
  }
  return found;
}
