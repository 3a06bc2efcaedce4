import type { OptionProblem } from './options.ts';

/** Numbers of LDAP search scopes, as the view shows them. */
const scopes: Readonly<Record<string, string>> = {
  base: '0',
  one: '1',
  onelevel: '1',
  sub: '2',
  subtree: '2',
  subord: '3',
  children: '3',
};

/** OpenLDAP's words for an URL that it cannot read, as `ldap_err2string` gives them for the code of the parser. */
const unreadable = {
  scheme: 'Time limit exceeded',
  port: 'Compare False',
  scope: 'Authentication method not supported',
} as const;

/** Takes an LDAP URL apart (RFC 4516), as `ldap_url_parse` and `hba.c` do. Every part that is there replaces its option. */
export function ldapUrl(options: Record<string, string>, url: string): OptionProblem | undefined {
  const failed = (reason: string): OptionProblem => ({ error: `could not parse LDAP URL "${url}": ${reason}` });
  const scheme = /^(ldaps?|ldapi):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return failed(unreadable.scheme);
  if (scheme === 'ldapi') return { error: 'unsupported LDAP URL scheme: ldapi' };
  const [, hostPort = '', path = ''] = /^[^/]*\/\/([^/?]*)\/?(.*)$/s.exec(url) ?? [];
  const [baseDn = '', attribute = '', scope = '', filter = ''] = path.split('?').map(decode);
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(hostPort) ?? [];
  if (port !== undefined && !/^[0-9]+$/.test(port)) return failed(unreadable.port);
  const number = scope === '' ? '0' : scopes[scope.toLowerCase()];
  if (number === undefined) return failed(unreadable.scope);
  options.ldapscheme = scheme;
  if (host !== '') options.ldapserver = decode(host);
  options.ldapport = port ?? (scheme === 'ldaps' ? '636' : '389');
  if (baseDn !== '') options.ldapbasedn = baseDn;
  if (attribute !== '') options.ldapsearchattribute = attribute.split(',')[0] ?? '';
  options.ldapscope = number;
  if (filter !== '') options.ldapsearchfilter = filter;
  return undefined;
}

const decode = (text: string): string =>
  text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
