import type { Host } from './host.ts';

/** Who can connect from where, as the machine itself reports: what an undo must restore. */
export type Access = Readonly<Record<string, readonly string[]>>;

/** The PostgreSQL rows that determine access. What changes only on restart is not included. */
const queries = (roles: string): Readonly<Record<string, string>> => ({
  rules:
    'select line_number, type, database, user_name, address, netmask, auth_method, options, error from pg_hba_file_rules',
  settings:
    "select name, setting, source, sourcefile from pg_settings where context <> 'internal' and source not in ('client', 'session') order by name",
  roles: `select rolname, rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit, rolvaliduntil, case rolname when 'app' then null else rolpassword end from pg_authid where ${roles} order by rolname`,
  memberships: 'select roleid::regrole, member::regrole from pg_auth_members where roleid >= 16384 order by 1, 2',
});

/** The output of packet filters, without counters and comments, if they are installed. */
const FILTERS: Readonly<Record<string, string>> = {
  nftables: 'if command -v nft; then nft --stateless list ruleset; fi',
  // A table that a program has only read allows everything, like no table.
  iptables:
    'for tool in iptables ip6tables; do if command -v $tool; then $tool-save | sed "/^[*]/d; /^COMMIT/d; / ACCEPT /{/^:/d}"; fi; done',
  ufw: 'if command -v ufw; then ufw status verbose; ufw show added; fi',
  firewalld:
    'if systemctl is-active --quiet firewalld; then firewall-cmd --list-all-zones; firewall-cmd --list-all-policies; fi',
  'boot order':
    'systemctl list-unit-files --state=enabled --no-legend; find /etc/systemd/system -printf "%P %l\\n" | sort',
  files:
    'find /etc/postgresql /usr/local/sbin /etc/nftables.conf /etc/ufw /etc/firewalld /etc/iptables -type f -exec sha256sum {} + 2>/dev/null | sort -k 2 || true',
};

/** Separator between the output of two commands. */
const END = '----- end -----';

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/ \[\d+:\d+\]|counter packets \d+ bytes \d+/g, '').trimEnd())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** Roles created by the change are kept (they may own data), so only earlier roles are compared. */
export async function access(host: Host, port: number, roles?: readonly string[]): Promise<Access> {
  const named = roles?.map((name) => `'${name}'`).join(', ');
  const psql = (query: string) => `sudo -u postgres psql -XAtq -p ${port} -d postgres <<'SQL'\n${query};\nSQL`;
  const asked = Object.entries({
    ...Object.fromEntries(
      Object.entries(queries(named ? `rolname in (${named})` : 'oid >= 16384 or rolsuper')).map(([what, query]) => [
        what,
        psql(query),
      ]),
    ),
    ...FILTERS,
  });
  const said = await host.must(['cd /', ...asked.map(([, script]) => `(${script}\n)\necho '${END}'`)].join('\n'));
  return Object.fromEntries(asked.map(([what], at) => [what, lines(said.split(END)[at] ?? '')]));
}

/** The names of the roles that were recorded. */
export const rolesOf = ({ roles = [] }: Access): string[] => roles.map((row) => row.split('|')[0] ?? '');
