import { firewallOn } from '../../../model/host-firewall.ts';
import { identityMap } from '../../../model/identity-map.ts';
import type { AccessModel, HbaEntry } from '../../../model/model.ts';
import { readsReplicas } from '../../../model/replicas.ts';
import { prefixText } from '../../../net/prefix.ts';
import { HIDDEN } from '../../../plan/directory-bind.ts';
import { readingOf } from '../../../plan/reading.ts';
import type { Plan } from '../../../plan/schema.ts';
import { fileRules } from '../../../postgres/hba/file-rules.ts';
import { lines } from '../../../quote/lines.ts';
import { type Sh, sh, shEmbed } from '../../../quote/sh.ts';
import { type Sql, sql, sqlLiteral } from '../../../quote/sql.ts';
import { join } from '../../../quote/template.ts';
import { postgresSources } from '../../firewall/allowed-sources.ts';
import { hbaBlocks, writtenEntries } from '../../postgres/hba.ts';
import { type Host, inContainer } from './host.ts';
import { functionOf } from './uses.ts';

/**
 * How the plan's rules and existing rules affect each other, queried from the server's view of the present file before
 * anything changes. In doubt a rule counts, so that a list can be too long but not too short.
 */
export function rulesCheck(model: AccessModel, host: Host): Sh[] {
  const { major } = model.release;
  const merged = host.postgres.some((draft) => draft.merged);
  const hbaEntries = host.machine === 'replicas' ? model.replicaHbaEntries : writtenEntries(model);
  return [
    ...functionOf(sh`plan_rules`, [sh`printf '%s\n' ${shEmbed(planRules(model.plan, hbaEntries, major))}`]),
    ...(merged ? merging(model, blocked(model)) : replacing(model.plan.server.superuser, major)),
  ];
}

/**
 * The plan's rules are appended, where they apply only to connections that no earlier rule matched. So existing access
 * does not change; but an earlier rule can match a client of the plan, and then nothing is changed.
 */
const merging = (model: AccessModel, blocks: Sql): Sh[] => [
  ...lines(sh`
    own_block() { sed -n '/^# BEGIN Postern$/,/^# END Postern$/p' "$1"; }
    own_lines() { # first and last line of the block in a file
      awk '/^# BEGIN Postern$/ { first = NR } /^# END Postern$/ { last = NR } END { print first + 0, last + 0 }' "$1"
    }
    merge_rules() { # set, file with the block, path of the file that it is for; all other lines stay byte for byte
      local marks
      if [ ! -e "$1$3" ]; then
        cp -a "$(file_of "$1" "$3")" "$1$3"
        rm -f "$1$3.absent"
      fi
      marks=$(grep -Ex '# (BEGIN|END) Postern' "$1$3" || true)
      case $marks in
        '' | $'# BEGIN Postern\n# END Postern') ;;
        *) fail "Nothing was changed: the lines # BEGIN Postern and # END Postern in $3 are not one pair." ;;
      esac
      if [ "$(own_block "$2")" = "$(own_block "$1$3")" ]; then return 0; fi
      sed '/^# BEGIN Postern$/,/^# END Postern$/d' "$1$3" >"$run/merged"
      [ -z "$(tail -c 1 "$run/merged")" ] || echo >>"$run/merged"
      own_block "$2" >>"$run/merged"
      cat "$run/merged" >"$1$3"
    }
  `),
  ...functionOf(sh`shadowing_rules`, [
    sh`local first last`,
    sh`read -r first last < <(own_lines "$hba")`,
    sh`printf '%s\n' "\\set first $first" "\\set last $last" "$(plan_rules)" ${shEmbed(shadowing(model.release.major))} | ask_script`,
  ]),
  ...functionOf(sh`blocked_rules`, [
    sh`local first last`,
    sh`read -r first last < <(own_lines "$hba")`,
    sh`printf '%s\n' "\\set first $first" "\\set last $last" ${shEmbed(blocks)} | ask_script`,
  ]),
  ...sharedMaps(mapsOf(model)),
  ...keptValidators(model.release.major),
  ...lines(sh`
    check_rules() {
      local shadowing blocked shared
      kept_validators=$(validators_now)
      shared=$(shared_maps)
      if [ -n "$shared" ]; then
        tell 'These lines of the present pg_ident.conf belong to a map of this plan, so that more users than those of the plan could log in:' >&2
        tell "$shared" >&2
        tell 'Remove these lines, or rename their map, also in the rules that use it, or rename the client of the plan.' >&2
        return 1
      fi
      blocked=$(blocked_rules)
      if [ -n "$blocked" ]; then
        tell 'The firewall or the port of this plan cuts off these clients from outside the plan:'
        tell "$blocked"
        if given --block-others; then tell 'This is confirmed by --block-others.'
        else
          tell "Add their networks to the plan, or choose None for the firewall, or keep the port. To block them anyway, run: sudo bash $here/apply.sh$flags --block-others" >&2
          [ "$mode" = --dry-run ] || return 1
        fi
      fi
      shadowing=$(shadowing_rules)
      [ -n "$shadowing" ] || return 0
      tell 'These rules of the present pg_hba.conf decide about clients of this plan before the plan does:' >&2
      tell "$shadowing" >&2
      tell 'Narrow these rules, or change the clients of the plan so that they do not meet them.' >&2
      return 1
    }
  `),
];

/** The names of the maps in the plan's block of pg_ident.conf. */
const mapsOf = ({ clients }: AccessModel): string[] =>
  clients.flatMap((access) => (readsReplicas(access.client) ? [] : (identityMap(access)?.name ?? [])));

/**
 * Existing lines that have the name of one of these maps: a user matches any line of a map, also in an included file
 * (`hba.c`, check_usermap).
 */
const sharedMaps = (names: readonly string[]): Sh[] =>
  functionOf(
    sh`shared_maps`,
    names.length === 0
      ? []
      : [
          sh`local first last ident=$config/pg_ident.conf`,
          sh`[ -e "$ident" ] || return 0`,
          sh`read -r first last < <(own_lines "$ident")`,
          sh`printf '%s\n' "\\set first $first" "\\set last $last" ${shEmbed(sql`select '  ' || concat_ws(' ', map_name, sys_name, pg_username, '(' || file_name, 'line', line_number || ')') from pg_ident_file_mappings
where map_name = any(${array(names)}) and (line_number not between :first and :last or file_name <> current_setting('ident_file'))
order by map_number limit 100;`)} | ask_script`,
        ],
  );

/**
 * The validator of each existing rule with OAuth that stays, in front of the rule; `-` for a rule that PostgreSQL
 * rejects now. A rule that names no validator has the only library of oauth_validator_libraries (`auth-oauth.c`,
 * check_oauth_validator), so that another list would give it another validator.
 */
const keptValidators = (major: number): Sh[] =>
  functionOf(
    sh`validators_now`,
    major < 18
      ? []
      : [
          sh`local first last`,
          sh`read -r first last < <(own_lines "$hba")`,
          sh`printf '%s\n' "\\set first $first" "\\set last $last" ${shEmbed(sql`with old as (
  ${present(major, false)}
)
select coalesce((select translate(substr(o, 11), ' "', '') from unnest(options) as o where o like 'validator=%'), '-') || ' ' || ${inWords(sql`old`)}
from old where method = 'oauth' and (line_number not between :first and :last or file_name <> current_setting('hba_file'))
union all
select '- ' || concat_ws(' ', file_name, 'line', line_number) || ': ' || error from pg_hba_file_rules
where type is null and error like '%oauth_validator_libraries%' and (line_number not between :first and :last or file_name <> current_setting('hba_file'));`)} | ask_script`,
        ],
  );

/**
 * Who loses access when the file is replaced: for each role that can log in, a rule that the role can use is kept if a
 * rule of the plan covers it with the same authentication method and no rule above that one has a different outcome.
 */
const replacing = (superuser: string, major: number): Sh[] => [
  ...functionOf(sh`losing_access`, [
    sh`printf '%s\n' "$(plan_rules)" ${shEmbed(losing(superuser, major))} | ask_script`,
  ]),
  ...lines(sh`
    check_rules() {
      local losing
      losing=$(losing_access)
      [ -n "$losing" ] || return 0
      tell 'These roles lose access when pg_hba.conf is replaced:'
      tell "$losing"
      if given --replace-rules; then tell 'This is confirmed by --replace-rules.'
      else
        tell "Add them to the plan as clients or local services, or choose Merge for the existing rules. To replace the rules anyway, run: sudo bash $here/apply.sh$flags --replace-rules" >&2
        [ "$mode" = --dry-run ]
      fi
    }
  `),
];

/** The rules of the plan in the columns of `pg_hba_file_rules`, and whether `all` is the keyword there. */
function planRules(plan: Plan, hbaEntries: readonly HbaEntry[], major: number): Sql {
  const written = hbaBlocks(hbaEntries, major).flatMap((block) => block.lines);
  const rows = fileRules(written.join('\n'), readingOf(plan, major)).map((rule, at): Sql => {
    const entry = hbaEntries[at];
    const [, asWritten] = /oauth\s+(.*)$/.exec(written[at] ?? '') ?? [];
    const unseen = entry?.options.some(([name]) => name.startsWith('validator.')) === true;
    const every = (tokens: readonly { readonly kind: string }[] | undefined): Sql =>
      tokens?.some(({ kind }) => kind === 'all') ? sql`true` : sql`false`;
    const columns = [
      sql`${at}`,
      value(rule.type),
      array(rule.database),
      array(rule.user_name),
      value(rule.address),
      value(rule.netmask),
      value(rule.auth_method),
      unseen ? sql`array[encode(convert_to(${sqlLiteral(asWritten ?? '')}, 'UTF8'), 'escape')]` : array(rule.options),
      every(entry?.databases),
      every(entry?.roles),
      entry?.databases.some(({ kind }) => kind === 'replication') ? sql`true` : sql`false`,
    ];
    return sql`(${join(columns, ', ')})`;
  });
  const all: Sql =
    rows.length === 0
      ? sql`select 0, '', '{}'::text[], '{}'::text[], '', '', '', '{}'::text[], false, false, false where false`
      : sql`values ${join(rows, ',\n  ')}`;
  return sql`with plan (at, type, databases, roles, address, netmask, method, options, every_database, every_role, streams) as (${all})`;
}

const value = (text: string | null): Sql => (text === null ? sql`null::text` : sqlLiteral(text));
const array = (texts: readonly string[] | null): Sql =>
  texts === null || texts.length === 0 ? sql`array[]::text[]` : sql`array[${join(texts.map(sqlLiteral), ', ')}]`;

/** Whether one of a rule's tokens is a name, which can be a regular expression since 16. */
const token = (name: Sql, major: number): Sql =>
  major < 16
    ? sql`token = ${name}`
    : sql`case when token like '/%' then ${name} ~ substr(token, 2) else token = ${name} end`;

const some = (tokens: Sql, condition: Sql): Sql =>
  sql`exists (select from unnest(${tokens}) as t (token) where ${condition})`;

/** Whether the address of one rule is inside that of another, or overlaps it. `all` and names have no netmask. */
const inside = (
  inner: Sql,
  outer: Sql,
): Sql => sql`case when ${inner}.type = 'local' or ${outer}.address = 'all' then true
        when ${inner}.netmask is null or ${outer}.netmask is null then ${inner}.address = ${outer}.address
        when family(${inner}.address::inet) <> family(${outer}.address::inet) then false
        else ${inner}.address::inet & ${outer}.netmask::inet = ${outer}.address::inet & ${outer}.netmask::inet
          and ${inner}.netmask::inet & ${outer}.netmask::inet = ${outer}.netmask::inet end`;

const meeting = (
  one: Sql,
  other: Sql,
): Sql => sql`case when ${one}.type = 'local' or ${one}.netmask is null or ${other}.netmask is null then true
        when family(${one}.address::inet) <> family(${other}.address::inet) then false
        else ${one}.address::inet & ${one}.netmask::inet & ${other}.netmask::inet
          = ${other}.address::inet & ${one}.netmask::inet & ${other}.netmask::inet end`;

/** Pairs of connection types that some connection matches both of (`hba.c`, check_hba). */
const sameKind = (one: Sql, other: Sql): Sql =>
  sql`(${one}.type = 'local') = (${other}.type = 'local') and (${one}.type, ${other}.type) not in (('hostssl', 'hostnossl'), ('hostnossl', 'hostssl'), ('hostssl', 'hostgssenc'))`;

/** The rules of the existing file, in order, without passwords in the options of other rules. */
const present = (major: number, unseen = major >= 19): Sql => {
  const options = sql`array(select case when o ~ '^(ldapbindpasswd|radiussecrets)=' then split_part(o, '=', 1) || ${sqlLiteral(`=${HIDDEN}`)} else o end
      from unnest(options) with ordinality as n (o, at) order by at)`;
  return sql`select row_number() over (order by ${major < 16 ? sql`line_number` : sql`rule_number`}) as at, line_number, ${major < 16 ? sql`''` : sql`file_name`} as file_name, type,
    database as databases, user_name as roles, address, netmask, auth_method as method,
    ${unseen ? withUnseen(options) : options} as options
  from pg_hba_file_rules where type is not null`;
};

/**
 * The view does not show the options `validator.NAME` (19). A rule that has them, or could have them from another file,
 * has one option here: the rest of its line as it is written, so that it equals only the same line of the plan. The
 * bytes are read as text of any encoding, which doubles each backslash, also one that continues a line.
 */
const withUnseen = (options: Sql): Sql => sql`case when auth_method = 'oauth' then (
      select case when replace(line, '"', '') ~ 'validator[.]|(^|[\s,])@'
        then array[rtrim(coalesce(substring(line from 'oauth\s+(.*)$'), line), E' \t\r')] else ${options} end
      from (select coalesce(split_part(regexp_replace(string_agg(text, E'\n' order by n), '\\\\\r*\n', '', 'g'), E'\n', 1), ' @') as line
        from regexp_split_to_table(encode(pg_read_binary_file(file_name), 'escape'), E'\n') with ordinality as l (text, n)
        where n >= line_number) as written)
    else ${options} end`;

/** One rule in words. */
const inWords = (rule: Sql): Sql =>
  sql`concat_ws(' ', ${rule}.type, array_to_string(${rule}.databases, ','), array_to_string(${rule}.roles, ','), ${rule}.address, ${rule}.netmask, ${rule}.method, nullif(regexp_replace(array_to_string(${rule}.options, ' '), '(validator[.][^=]*)=.*', ${sqlLiteral(`\\1=${HIDDEN}`)}), '')) || ' (' || concat_ws(' ', nullif(${rule}.file_name, ''), 'line', ${rule}.line_number) || ')'`;

function losing(superuser: string, major: number): Sql {
  const ofPlan = (rule: Sql): Sql =>
    sql`(${rule}.every_role or ${some(sql`${rule}.roles`, token(sql`held.rolname`, major))})`;
  const sameAuthentication = (rule: Sql): Sql =>
    sql`(${rule}.method = held.method and ${rule}.options @> held.options and held.options @> ${rule}.options
        or ${rule}.method = 'scram-sha-256' and held.method in ('md5', 'password') and held.scram)`;
  return sql`, old as (
  ${present(major)}
), login as (
  select r.oid, r.rolname, r.rolreplication or r.rolsuper as replicates, coalesce(a.rolpassword like 'SCRAM-SHA-256%', false) as scram
  from pg_roles r join pg_authid a on a.oid = r.oid where r.rolcanlogin
), held as (
  select old.*, login.rolname, login.scram, (select count(*) from pg_stat_activity a
      where a.usesysid = login.oid and a.pid <> pg_backend_pid() and case when old.type = 'local' or a.client_addr is null then old.type = 'local' and a.client_addr is null
        when old.netmask is null then true when family(old.address::inet) <> family(a.client_addr) then false
        else a.client_addr & old.netmask::inet = old.address::inet & old.netmask::inet end) as sessions
  from old join login on ${some(
    sql`old.roles`,
    sql`token = 'all' or case when token like '+%' then exists (select from pg_roles g where g.rolname = substr(token, 2) and pg_has_role(login.oid, g.oid, 'member')) else ${token(sql`login.rolname`, major)} end`,
  )}
  where old.method <> 'reject' and ('replication' = any(old.databases) and login.replicates
    or exists (select from pg_database d where d.datallowconn and not d.datistemplate and has_database_privilege(login.oid, d.oid, 'connect')
      and ${some(sql`old.databases`, sql`token in ('all', 'samerole', 'samegroup') or token = 'sameuser' and d.datname = login.rolname or ${token(sql`d.datname`, major)}`)}))
)
select '  ' || held.rolname || ': ' || ${inWords(sql`held`)} || case held.sessions when 0 then '' else ', connected now: ' || held.sessions end
from held
where (held.rolname <> ${sqlLiteral(superuser)} or held.type <> 'local' and held.sessions > 0)
  and not exists (select from plan n where n.method <> 'reject' and ${ofPlan(sql`n`)} and ${sameAuthentication(sql`n`)}
    and (n.type = held.type or n.type = 'host' and held.type like 'host%')
    and (n.every_database and 'replication' <> all(held.databases) or held.databases <@ n.databases and (n.streams or 'replication' <> all(held.databases)))
    and ${inside(sql`held`, sql`n`)}
    and not exists (select from plan e where e.at < n.at and ${ofPlan(sql`e`)} and not ${sameAuthentication(sql`e`)} and ${sameKind(sql`e`, sql`held`)}
      and (not e.streams or 'replication' = any(held.databases)) and (e.every_database or e.databases && held.databases or held.databases && array['all', 'sameuser', 'samerole', 'samegroup'] or ${some(sql`held.databases`, sql`token like '/%'`)})
      and ${meeting(sql`e`, sql`held`)}
      and not exists (select from old o where o.at < held.at and (o.type, o.databases, o.roles, o.method) = (e.type, e.databases, e.roles, e.method)
        and (o.address, o.netmask) is not distinct from (e.address, e.netmask) and o.options @> e.options and e.options @> o.options)))
order by held.rolname, held.at limit 200;`;
}

/**
 * Other rules in the existing file and open sessions whose clients the plan's firewall blocks, although their rules are
 * kept; and a port change that cuts off all of them. Clients in a container's own networks do not pass the firewall,
 * and are unknown here.
 */
function blocked(model: AccessModel): Sql {
  const { port } = model.plan.server;
  const moved = sql`select '  port ' || current_setting('port') || ' changes to ${port}: all clients' where current_setting('port') <> '${port}'`;
  if (firewallOn(model.plan, 'server') === 'none' || inContainer(model)) return sql`${moved};`;
  const ports = model.flows.filter(({ service }) => service === 'postgresql');
  const sources = postgresSources(model).flatMap(({ pairs }) => pairs.map(({ from }) => from));
  const allowed = [...new Set([...sources, ...ports.flatMap(({ addresses }) => addresses)].map(prefixText))];
  const within = (address: Sql, mask: Sql): Sql =>
    sql`exists (select from allowed where family(net) = family(${address}) and host(${address} & netmask(net)) = host(network(net)) and ${mask} & netmask(net) = netmask(net))`;
  const networks = ['127.0.0.0/8', '::1/128', ...allowed].map((net) => sql`(${sqlLiteral(net)}::cidr)`);
  return sql`with allowed (net) as (values ${join(networks, ', ')}), old as (
  ${present(model.release.major)}
)
select '  ' || ${inWords(sql`old`)} from old
where type like 'host%' and method <> 'reject' and address <> 'samehost'
  and (line_number not between :first and :last or file_name not in ('', current_setting('hba_file')))
  and case when netmask is null then true else not ${within(sql`address::inet`, sql`netmask::inet`)} end
union all
select distinct '  connected now: ' || host(client_addr) || ' as ' || coalesce(usename, '?') from pg_stat_activity
where client_addr is not null and not ${within(sql`client_addr`, sql`netmask(set_masklen(client_addr, case family(client_addr) when 4 then 32 else 128 end))`)}
union all
${moved};`;
}

/** Existing rules outside the plan's block that overlap a rule of the plan with a different outcome. */
function shadowing(major: number): Sql {
  const expression = (name: Sql): Sql =>
    major < 16
      ? sql`false`
      : sql`token like '/%' and (${name} like '/%' or ${name} ~ case when token like '/%' then substr(token, 2) else '^' end)`;
  const member = sql`token like '+%' and exists (select from pg_roles g, pg_roles m where g.rolname = substr(token, 2) and m.rolname = name and pg_has_role(m.oid, g.oid, 'member'))`;
  const named = (tokens: Sql, condition: Sql): Sql =>
    sql`exists (select from unnest(${tokens}) as n (name) where ${condition})`;
  return sql`, old as (
  ${present(major)}
), others as (
  select * from old where line_number not between :first and :last or file_name not in ('', current_setting('hba_file'))
)
select distinct on (o.at) '  ' || ${inWords(sql`o`)} || ' before ' || concat_ws(' ', p.type, array_to_string(p.databases, ','), array_to_string(p.roles, ','), p.address, p.netmask, p.method)
from others o join plan p on ${sameKind(sql`p`, sql`o`)} and ${meeting(sql`p`, sql`o`)}
  and (p.every_role or ${some(sql`o.roles`, sql`token = 'all' or token = any(p.roles) or ${named(sql`p.roles`, sql`${member} or ${expression(sql`name`)}`)}`)})
  and case when p.streams then 'replication' = any(o.databases) when p.every_database then o.databases <> array['replication']
    else ${some(sql`o.databases`, sql`token in ('all', 'sameuser', 'samerole', 'samegroup') or token = any(p.databases) or ${named(sql`p.databases`, expression(sql`name`))}`)} end
where not (o.method = p.method and o.options @> p.options and p.options @> o.options and (o.type = p.type or p.type = 'host'))
order by o.at, p.at limit 100;`;
}
