import { type Message, type MessageId, say } from '../../messages/message.ts';
import { type Attempt, Records } from '../../model/match.ts';
import type { AccessModel, ClientAccess } from '../../model/model.ts';
import { readsReplicas } from '../../model/replicas.ts';
import { prefixText } from '../../net/prefix.ts';
import { proxyOf } from '../../plan/ways.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shEmbed, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import { SSH_ALIAS } from '../bastion/forward.ts';
import type { Artifact, Block } from '../file.ts';
import { warnDays } from '../tls/check.ts';
import { type Connection, combinations, connections, isPattern } from './connection.ts';
import { type Changes, conninfoOf } from './conninfo.ts';
import { announcement, pacing, watchedClients } from './jail.ts';

const NO_CERTIFICATE = sh`no_certificate`;

/** A role that is in no plan. */
const NOBODY = 'postern_nobody';

/**
 * `verify.sh`: for each client the connections that must succeed and the ones that must fail, with the server's
 * messages.
 */
export const verifyScript: Artifact = {
  page: 'verify',
  render(model) {
    if (model.clients.length === 0) return [];
    const watched = watchedClients(model).length > 0;
    const records = decisionsOf(model);
    return [
      {
        path: 'clients/verify.sh',
        phase: 'test',
        machine: 'clients',
        title: say('file.verify'),
        intro: [say('verify.usage'), ...(watched ? [say('verify.exempt')] : [])],
        language: 'sh',
        mode: 0o755,
        blocks: [
          functions(watched),
          ...dates(model),
          ...pacing(model),
          ...libpq(model),
          ...prompts(model),
          ...model.clients.map((access) => clientChecks(model, records, access)),
          choice(model),
        ],
      },
    ];
  },
};

/** The records of the servers: the primary, and each of its replicas. */
interface Decisions {
  readonly primary: Records;
  readonly replica: Records;
}

const decisionsOf = (model: AccessModel): Decisions => ({
  primary: Records.of(model.hbaEntries),
  replica: Records.of(model.replicaHbaEntries),
});

/** `counts`: whether a jail on the server counts failed logins. */
const functions = (counts: boolean): Block<'sh'> => ({
  reason: { message: say('verify.functions'), path: 'clients' },
  lines: [
    sh`set -uo pipefail`,
    sh`passed=0 failed=0 asked=0`,
    sh`export PGCONNECT_TIMEOUT="\${PGCONNECT_TIMEOUT:-10}" PGAPPNAME=postern-verify PGGSSENCMODE=disable`,
    sh`certificates=\${CERTIFICATES:-$HOME/.postgresql} role=\${2:-}`,
    sh`holds() { passed=$((passed + 1)); printf 'ok      %s\n' "$1"; }`,
    sh`fails() { failed=$((failed + 1)); printf 'NOT OK  %s\n        %s\n' "$1" "$2"; }`,
    sh`connect() { psql -X -A -t -w -d "$1" -c "$2" 2>&1; }`,
    sh`gets_in() { # title, connection, statement, text in its answer`,
    sh`  local answer`,
    ...(counts ? [sh`  before_login`] : []),
    sh`  if answer=$(connect "$2" "$3") && [[ $answer == *"$4"* ]]; then holds "$1"; else fails "$1" "$answer"; fi`,
    ...(counts ? [sh`  if [[ $answer == *FATAL:* ]]; then count_failure; fi`] : []),
    sh`}`,
    sh`refused() { # title, connection, text in the refusal`,
    sh`  local answer`,
    ...(counts ? [sh`  before_login`, sh`  count_failure`] : []),
    sh`  if answer=$(connect "$2" 'SELECT 1'); then fails "$1" 'it got in'`,
    sh`  elif [[ $answer == *"$3"* ]]; then holds "$1"; else fails "$1" "$answer"; fi`,
    sh`}`,
    ...lines(sh`
      in_pgpass() { # role: whether ~/.pgpass has an entry for it or for every role
        local line field
        local fields='^(([^:\]|\\.)*:){3}(([^:\]|\\.)*):'
        if [ ! -f "$HOME/.pgpass" ]; then return 1; fi
        while IFS= read -r line || [ -n "$line" ]; do
          if [[ $line == '#'* ]] || ! [[ $line =~ $fields ]]; then continue; fi
          field=\${BASH_REMATCH[3]}
          if [ "$field" = '*' ] || [ "$(printf '%s\n' "$field" | sed 's/\\\(.\)/\1/g')" = "$1" ]; then return 0; fi
        done <"$HOME/.pgpass"
        return 1
      }
      password_of() { # role: asks once for each, at a terminal
        local at
        if [ "$asked" -eq 0 ] && [ -n "\${PGPASSWORD:-}\${PGPASSFILE:-}" ]; then return 0; fi
        if [ ! -t 0 ]; then return 0; fi
        unset PGPASSWORD # of the role before, and libpq prefers it to ~/.pgpass
        if in_pgpass "$1"; then return 0; fi
        for ((at = 0; at < asked; at++)); do
          if [ "\${roles[at]}" = "$1" ]; then
            export PGPASSWORD=\${passwords[at]}
            return 0
          fi
        done
        read -rsp "Password of $1: " PGPASSWORD && echo && export PGPASSWORD
        roles[asked]=$1 passwords[asked]=\${PGPASSWORD:-} asked=$((asked + 1))
      }
      chosen() { [ -z "$role" ] || [ "$role" = "$1" ]; }
      has_role() { # the roles of the client
        local one
        if [ -z "$role" ]; then return 0; fi
        for one; do
          if [ "$one" = "$role" ]; then return 0; fi
        done
        printf 'this client has no role %s. Its roles:\n' "$role" >&2
        printf '%s\n' "$@" >&2
        exit 2
      }
      file_of() { # file name of the role's certificate; where it does not exist, the name that libpq looks for by default
        if [ ! -e "$certificates/$1.crt" ] && [ -e "$certificates/postgresql.crt" ]; then echo postgresql; else printf '%s\n' "$1"; fi
      }
      certificate() {
        local file
        file=$(file_of "$1")
        export PGSSLCERT="$certificates/$file.crt" PGSSLKEY="$certificates/$file.key"
      }
      no_certificate() { export PGSSLCERT=/nonexistent PGSSLKEY=/nonexistent; }
      no_certificate
    `),
  ],
});

/** psql rejects an expired certificate, if it verifies it at all, and does not warn before one expires. */
const dates = (model: AccessModel): Block<'sh'>[] =>
  model.clients.every(({ client }) => client.via === 'socket')
    ? []
    : [
        {
          reason: { message: say('verify.dates', { days: warnDays(model) }), path: 'security.certificate' },
          lines: lines(sh`
            not_expired() { # title, certificate
              local end
              end=$(openssl x509 -noout -enddate <<<"$2")
              if ! openssl x509 -noout -checkend 0 <<<"$2" >/dev/null; then fails "$1" "it ended on \${end#*=}"
              else
                holds "$1"
                openssl x509 -noout -checkend ${warnDays(model) * 86_400} <<<"$2" >/dev/null || printf 'WARNING it ends on %s\n' "\${end#*=}"
              fi
            }
            shown_at() { # title, then each address and port of the server; the first that answers is checked
              local title=$1 at shown='' bounded=()
              shift
              if command -v timeout >/dev/null; then bounded=(timeout "$PGCONNECT_TIMEOUT"); fi
              if ! command -v openssl >/dev/null; then
                printf 'note    without openssl the end of the certificate is not checked\n'
                return 0
              fi
              for at; do
                shown=$(\${bounded[@]+"\${bounded[@]}"} openssl s_client -starttls postgres -connect "$at" </dev/null 2>/dev/null)
                shown=$(openssl x509 <<<"$shown" 2>/dev/null)
                if [ -n "$shown" ]; then break; fi
              done
              if [ -n "$shown" ]; then not_expired "$title" "$shown"; else printf 'note    this openssl could not read the certificate at %s\n' "$*"; fi
            }
            kept_as() { # title, name
              local file
              file=$certificates/$(file_of "$2").crt
              if [ -r "$file" ] && command -v openssl >/dev/null; then not_expired "$1" "$(openssl x509 -in "$file")"; fi
            }
          `),
        },
      ];

/** A login for which the user opens a page in a browser; libpq says which on standard error. */
const prompts = (model: AccessModel): Block<'sh'>[] => {
  const first = model.clients.find(({ client }) => client.auth.method === 'oauth');
  if (!first) return [];
  return [
    {
      reason: { message: say('verify.prompts'), path: `${first.path}.auth.method` },
      lines: lines(sh`
        prompts() { # title, connection, statement, text in its answer
          local answer
          if answer=$(PGCONNECT_TIMEOUT=300 psql -X -A -t -w -d "$2" -c "$3") && [[ $answer == *"$4"* ]]; then holds "$1"
          else fails "$1" "$answer"; fi
        }
      `),
    },
  ];
};

/**
 * Whether this psql supports the keywords of the plan's connections; the oldest libpq that supports one keyword
 * supports the others of its release.
 */
function libpq(model: AccessModel): Block<'sh'>[] {
  const all = model.clients.flatMap((access) => connections(model, access).slice(0, 1));
  const direct = all.some((of) => of.direct);
  const system = all.some(({ root }) => root === 'system');
  if (!direct && !system) return [];
  return [
    {
      reason: { message: say('verify.libpq'), path: direct ? 'security.directTls' : 'security.certificate.source' },
      lines: [
        sh`knows() { [[ $(LC_ALL=C psql -X -w -d "host=/nonexistent $1" -c '' 2>&1) != *'invalid connection option'* ]]; }`,
        ...(direct
          ? lines(sh`
          direct=' sslnegotiation=direct'
          if ! knows sslnegotiation=postgres; then
            direct=
            echo 'note    this psql is older than 17: it requests TLS before it starts it' >&2
          fi
        `)
          : []),
        ...(system
          ? lines(sh`
          roots=' sslrootcert=system'
          if [ -n "\${PGSSLROOTCERT:-}" ]; then roots=
          elif ! knows sslcertmode=allow; then
            roots=
            for file in "\${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
              if [ -r "$file" ]; then
                echo "note    this psql is older than 16: it uses $file as the trust store of the system" >&2
                  file=\${file//\\/\\\\}
                  roots=" sslrootcert='\${file//\'/\\\'}'"
                break
              fi
            done
          fi
        `)
          : []),
      ],
    },
  ];
}

/** Maximum number of intentionally failed logins in the run of one client, if the server's jail counts them. */
export function mostFailures(model: AccessModel): number {
  const records = decisionsOf(model);
  return watchedClients(model).reduce(
    (most, access) => Math.max(most, failuresOf(refusalsOf(model, records, access, connections(model, access)))),
    0,
  );
}

const functionName = (index: number): Sh => sh`client_${index + 1}`;

function clientChecks(model: AccessModel, records: Decisions, access: ClientAccess): Block<'sh'> {
  const { client, path, index } = access;
  const of = connections(model, access);
  const refused = refusalsOf(model, records, access, of);
  const body = [
    ...coverage(model, access, of.length),
    ...announcement(model, access, failuresOf(refused)),
    ...byRole(of).flatMap(([role, own]) => ifChosen(access, role, own.flatMap(mustSucceed))),
    ...serversInTime(of),
    ...byRole(of).flatMap(([role, own]) => ifChosen(access, role, ownInTime(own))),
    ...chooseRefusals(refused),
  ];
  const where: Message =
    client.via === 'socket'
      ? say('verify.clientSocket', { client: client.name })
      : client.via === 'bastion' && !proxyOf(model.plan, client.via)
        ? say('verify.clientBastion', {
            client: client.name,
            sources: access.sources.map(prefixText).join(', '),
            alias: SSH_ALIAS,
          })
        : say('verify.client', { client: client.name, sources: access.sources.map(prefixText).join(', ') });
  return {
    reason: { message: where, path },
    lines: [sh`${functionName(index)}() {`, ...body.map((line) => sh`  ${line}`), sh`}`],
  };
}

/** Consecutive connections with the same role. */
function byRole(of: readonly Connection[]): [role: string, own: Connection[]][] {
  const groups: [string, Connection[]][] = [];
  for (const one of of) {
    const last = groups.at(-1);
    if (last?.[0] === one.role) last[1].push(one);
    else groups.push([one.role, [one]]);
  }
  return groups;
}

/** Lines for one role of a client: they run unless another role was selected. */
const ifChosen = ({ client }: ClientAccess, role: string, body: readonly Sh[]): Sh[] =>
  client.roles.length === 1 || body.length === 0
    ? [...body]
    : [sh`if chosen ${shWord(role)}; then`, ...body.map((line) => sh`  ${line}`), sh`fi`];

/** The tests of a client that must fail. */
interface Refusals {
  /** By role. A run of all roles tests the first instead of the others. */
  readonly own: readonly (readonly [role: string, lines: readonly Sh[]])[];
  /** Only in a run of all roles: for a pattern, one test for some of the other roles. */
  readonly others: readonly Sh[];
}

function refusalsOf(model: AccessModel, records: Decisions, access: ClientAccess, of: readonly Connection[]): Refusals {
  const pattern = isPattern(model, access);
  const tested = pattern ? [...of.slice(0, 1), ...otherRoles(of)] : of;
  const firsts = tested.filter(({ role }, index) => tested.findIndex((one) => one.role === role) === index);
  return {
    own: firsts.map((one) => [one.role, mustFail(model, records, one)]),
    others: pattern ? otherRoles(of).flatMap((one) => otherDatabase(model, records, one)) : [],
  };
}

/** Maximum number of failed logins of a run: of all roles, or of one. */
const failuresOf = ({ own, others }: Refusals): number =>
  Math.max(...own.map(([, tests], index) => [...tests, ...(index === 0 ? others : [])].filter(isLogin).length), 0);

function chooseRefusals({ own, others }: Refusals): Sh[] {
  const [first, ...rest] = own;
  if (first === undefined) return [];
  if (rest.length === 0) return [...first[1]];
  const branch = (pattern: Sh, body: readonly Sh[]): Sh[] =>
    body.length === 0 ? [] : [sh`  ${pattern})`, ...body.map((line) => sh`    ${line}`), sh`    ;;`];
  return [
    sh`case $role in`,
    ...branch(sh`'' | ${shWord(first[0])}`, first[1]),
    ...rest.flatMap(([role, tests]) => branch(shWord(role), tests)),
    ...(others.length === 0 ? [] : branch(sh`*`, [sh`printf 'note    %s\n' ${shWord(say('verify.noRefusals').text)}`])),
    sh`esac`,
    ...(others.length === 0 ? [] : [sh`if [ -z "$role" ]; then`, ...others.map((line) => sh`  ${line}`), sh`fi`]),
  ];
}

/** States how much of a client with many roles and databases is tested. */
const coverage = (model: AccessModel, access: ClientAccess, tested: number): Sh[] =>
  isPattern(model, access)
    ? [
        sh`printf 'note    %s\n' ${shWord(say('verify.covers', { client: access.client.name, count: combinations(model, access), tested }).text)}`,
      ]
    : [];

/** Roles in the middle and at the end of a long list: they must be rejected like the first one. */
const otherRoles = (of: readonly Connection[]): Connection[] =>
  [Math.floor(of.length / 2), of.length - 1].flatMap((at) => of[at] ?? []).filter(({ role }) => role !== of[0]?.role);

function mustSucceed(of: Connection): Sh[] {
  const title = say('verify.getsIn', {
    role: of.role,
    target: of.replication ? 'replication' : of.database,
    host: of.host ?? 'the local socket',
  });
  const [statement, answer] = of.replication
    ? ['IDENTIFY_SYSTEM', '|']
    : of.host === null
      ? ['SELECT current_user', of.role]
      : ["SELECT 'tls=' || ssl::text FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()", 'tls=true'];
  return [
    ...(of.certificate === null ? [] : [sh`certificate ${shWord(of.certificate)}`]),
    ...(usesPassword(of) ? [sh`password_of ${shWord(of.role)}`] : []),
    call(of.oauth === null ? sh`gets_in` : sh`prompts`, title, of, {}, [shWord(statement), shWord(answer)]),
  ];
}

/** The certificates of the servers that a client connects to. */
function serversInTime(of: readonly Connection[]): Sh[] {
  const servers = of.flatMap(({ host, hostAddresses, port }): [string, Sh][] => {
    if (host === null) return [];
    const places = (hostAddresses.length === 0 ? [host] : hostAddresses).map((address) =>
      shWord(`${address.includes(':') ? `[${address}]` : address}:${port}`),
    );
    return [[host, sh`shown_at ${shWord(say('verify.serverDates', { host }).text)} ${join(places, ' ')}`]];
  });
  return [...new Map(servers).values()];
}

/** The client's own certificates. */
function ownInTime(of: readonly Connection[]): Sh[] {
  const own = of.flatMap(({ certificate }): [string, Sh][] =>
    certificate === null
      ? []
      : [[certificate, sh`kept_as ${shWord(say('verify.clientDates', { certificate }).text)} ${shWord(certificate)}`]],
  );
  return [...new Map(own).values()];
}

/** Lines that select a certificate are between the logins. */
const isLogin = (line: Sh) => line !== NO_CERTIFICATE;

const usesPassword = ({ access }: Connection) => ['scram', 'cert+scram', 'ldap'].includes(access.client.auth.method);

const call = (name: Sh, title: Message, of: Connection, changes: Changes, rest: readonly Sh[]): Sh =>
  join([name, shWord(title.text), target(of, changes), ...rest], ' ');

/** The connection, with parts that depend on the machine's libpq as variables at its end. */
function target(of: Connection, changes: Changes): Sh {
  const known = shEmbed(conninfoOf({ ...of, direct: false, root: of.root === 'system' ? null : of.root }, changes));
  if (changes.sslMode === 'disable') return known;
  return sh`${known}${of.direct ? sh`"$direct"` : sh``}${of.root === 'system' ? sh`"$roots"` : sh``}`;
}

/** What a misconfigured client would try from the same host; only what is rejected for every address of the client. */
function mustFail(model: AccessModel, records: Decisions, of: Connection): Sh[] {
  const { replication } = of;
  const { superuser } = model.plan.server;
  const tries: Try[] = [
    ...(of.sslMode === null ? [] : [['verify.clear', { sslMode: 'disable' }, { encryption: 'none' }] as Try]),
    toOther(of),
    ['verify.superuser', { role: superuser }, { role: superuser }],
    ['verify.nobody', { role: NOBODY }, { role: NOBODY }],
    ...(replication ? [] : [['verify.replication', { replication: true }, { replication: true }] as Try]),
  ];
  return [...tries.flatMap((one) => refusals(model, records, of, one)), ...wrongSecrets(model, of)];
}

/** A test that must fail: its title, and what it changes in the connection. */
type Try = [MessageId, Changes, Partial<Attempt>];

/** An existing database that the client does not list. */
const otherOf = ({ databases }: ClientAccess['client']): string =>
  databases !== 'all' && !databases.includes('postgres') ? 'postgres' : 'template1';

function toOther({ access }: Connection): Try {
  const database = otherOf(access.client);
  return ['verify.otherDatabase', { database, replication: false }, { database, replication: false }];
}

const otherDatabase = (model: AccessModel, records: Decisions, of: Connection): Sh[] =>
  refusals(model, records, of, toOther(of));

function refusals(model: AccessModel, records: Decisions, of: Connection, [id, changes, attempt]: Try): Sh[] {
  const { access, role, database, replication } = of;
  const base: Omit<Attempt, 'address'> = {
    encryption: of.sslMode === null ? 'none' : 'tls',
    database,
    role,
    replication,
  };
  const text = refusedEverywhere(model, records, access, { ...base, ...attempt });
  const values = { role, database: otherOf(access.client), superuser: model.plan.server.superuser };
  return text === undefined ? [] : [call(sh`refused`, say(id, values), of, changes, [shWord(text)])];
}

const isPooled = ({ plan }: AccessModel, { client }: ClientAccess) => proxyOf(plan, client.via)?.kind === 'pgbouncer';

function refusedEverywhere(
  model: AccessModel,
  { primary, replica }: Decisions,
  access: ClientAccess,
  attempt: Omit<Attempt, 'address'>,
): string | undefined {
  // PgBouncer rejects before PostgreSQL is queried, with a message that differs between releases.
  if (isPooled(model, access)) return 'FATAL';
  const records = readsReplicas(access.client) ? replica : primary;
  const text = records.refusalFrom(access.seenAs, attempt);
  if (text === undefined) return undefined;
  // Existing rules apply to what the plan's do not match: one of them rejects the attempt, or none of them matches it.
  return model.plan.server.rules === 'merge' ? 'pg_hba.conf' : text;
}

/** A record that matches does not fall through: a wrong password or a missing certificate ends the attempt. */
function wrongSecrets(model: AccessModel, of: Connection): Sh[] {
  const { method } = of.access.client.auth;
  const wrongPassword = say('verify.wrongPassword', { role: of.role });
  const failed = isPooled(model, of.access)
    ? sh`FATAL`
    : shWord(`password authentication failed for user "${of.role}"`);
  const password = sh`PGPASSWORD=postern-wrong-password ${call(sh`refused`, wrongPassword, of, {}, [failed])}`;
  const noCertificate = [
    NO_CERTIFICATE,
    call(sh`refused`, say('verify.noCertificate'), of, {}, [shWord('connection requires a valid client certificate')]),
  ];
  if (method === 'scram') return [password];
  if (method === 'cert') return noCertificate;
  return method === 'cert+scram' && model.release.major >= 12 ? [password, ...noCertificate] : [];
}

/** Runs the selected client, and reports the result. */
function choice(model: AccessModel): Block<'sh'> {
  const names = model.clients.map(({ slug }) => shWord(slug));
  const roles = ({ client }: ClientAccess): Sh => join(client.roles.map(shWord), ' ');
  return {
    reason: { message: say('verify.choice'), path: 'clients' },
    lines: [
      sh`case "\${1:-}" in`,
      ...model.clients.flatMap((access) => [
        sh`  ${shWord(access.slug)})`,
        sh`    has_role ${roles(access)}`,
        sh`    ${functionName(access.index)}`,
        sh`    ;;`,
      ]),
      sh`  *)`,
      sh`    printf 'bash verify.sh CLIENT [ROLE], CLIENT is one of:\n'`,
      sh`    printf '%s\n' ${join(names, ' ')}`,
      sh`    exit 2`,
      sh`    ;;`,
      sh`esac`,
      sh`printf '%s of %s checks hold\n' "$passed" "$((passed + failed))"`,
      sh`[ "$failed" -eq 0 ]`,
    ],
  };
}
