import { type Attempt, firstMatch, refusal } from '../../access/match.ts';
import type { AccessModel, ClientAccess } from '../../access/model.ts';
import { readsReplicas } from '../../access/replicas.ts';
import { type Message, type MessageId, say } from '../../messages/message.ts';
import { firstHost, type Prefix, prefixText } from '../../net/prefix.ts';
import { proxyOf } from '../../plan/ways.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shEmbed, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import { SSH_ALIAS } from '../bastion/forward.ts';
import type { Block } from '../file.ts';
import type { Artifact } from '../list.ts';
import { type Connection, connections } from './connection.ts';
import { type Changes, conninfoOf } from './conninfo.ts';

/** A role that no plan has. */
const NOBODY = 'postern_nobody';

/** `verify.sh`: for each client the connections that must succeed and the ones that must fail, with the server's words. */
export const verifyScript: Artifact = {
  page: 'verify',
  render(model) {
    if (model.clients.length === 0) return [];
    return [
      {
        path: 'clients/verify.sh',
        machine: 'clients',
        title: say('file.verify'),
        intro: [say('verify.usage')],
        language: 'sh',
        mode: 0o755,
        blocks: [
          functions,
          ...libpq(model),
          ...model.clients.map((access) => clientChecks(model, access)),
          choice(model),
        ],
      },
    ];
  },
};

const functions: Block<'sh'> = {
  reason: { message: say('verify.functions'), path: 'clients' },
  lines: [
    sh`set -uo pipefail`,
    sh`passed=0 failed=0 asked=`,
    sh`export PGCONNECT_TIMEOUT="\${PGCONNECT_TIMEOUT:-10}" PGAPPNAME=postern-verify`,
    sh`certificates=\${CERTIFICATES:-$HOME/.postgresql}`,
    sh`holds() { passed=$((passed + 1)); printf 'ok      %s\n' "$1"; }`,
    sh`fails() { failed=$((failed + 1)); printf 'NOT OK  %s\n        %s\n' "$1" "$2"; }`,
    sh`connect() { psql -X -A -t -w -d "$1" -c "$2" 2>&1; }`,
    sh`gets_in() { # title, connection, statement, text in its answer`,
    sh`  local answer`,
    sh`  if answer=$(connect "$2" "$3") && [[ $answer == *"$4"* ]]; then holds "$1"; else fails "$1" "$answer"; fi`,
    sh`}`,
    sh`refused() { # title, connection, text in the refusal`,
    sh`  local answer`,
    sh`  if answer=$(connect "$2" 'SELECT 1'); then fails "$1" 'it got in'`,
    sh`  elif [[ $answer == *"$3"* ]]; then holds "$1"; else fails "$1" "$answer"; fi`,
    sh`}`,
    sh`password_of() { # role`,
    sh`  [ -n "$asked" ] || [ -z "\${PGPASSWORD:-}\${PGPASSFILE:-}" ] || return 0`,
    sh`  if [ -f "$HOME/.pgpass" ] || [ ! -t 0 ]; then return 0; fi`,
    sh`  read -rsp "Password of $1: " PGPASSWORD && echo && export PGPASSWORD`,
    sh`  asked=yes`,
    sh`}`,
    sh`certificate() { export PGSSLCERT="$certificates/$1.crt" PGSSLKEY="$certificates/$1.key"; }`,
    sh`certificate none`,
  ],
};

/** Whether this psql may be told what the plan's connections say; the oldest libpq that knows a word knows the others of its release. */
function libpq(model: AccessModel): Block<'sh'>[] {
  const all = model.clients.flatMap((access) => connections(model, access));
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
            echo 'note    this psql is older than 17: it asks for TLS before it starts it' >&2
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
                echo "note    this psql is older than 16: it takes $file for the trust store of the system" >&2
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

const functionName = (index: number): Sh => sh`client_${index + 1}`;

function clientChecks(model: AccessModel, access: ClientAccess): Block<'sh'> {
  const { client, path, index } = access;
  const of = connections(model, access);
  const body = [...of.flatMap((connection) => mustSucceed(connection)), ...(of[0] ? mustFail(model, of[0]) : [])];
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
    call(sh`gets_in`, title, of, {}, [shWord(statement), shWord(answer)]),
  ];
}

const usesPassword = ({ access }: Connection) => ['scram', 'cert+scram', 'ldap'].includes(access.client.auth.method);

const call = (name: Sh, title: Message, of: Connection, changes: Changes, rest: readonly Sh[]): Sh =>
  join([name, shWord(title.text), target(of, changes), ...rest], ' ');

/** The connection, with what depends on the libpq of the machine as variables at its end. */
function target(of: Connection, changes: Changes): Sh {
  const known = shEmbed(conninfoOf({ ...of, direct: false, root: of.root === 'system' ? null : of.root }, changes));
  if (changes.sslMode === 'disable') return known;
  return sh`${known}${of.direct ? sh`"$direct"` : sh``}${of.root === 'system' ? sh`"$roots"` : sh``}`;
}

/** What a wrong client would try from where this one stands; only what every address of the client is refused. */
function mustFail(model: AccessModel, of: Connection): Sh[] {
  const { access, role, database, replication } = of;
  const { superuser } = model.plan.server;
  const base: Omit<Attempt, 'address'> = {
    encryption: of.sslMode === null ? 'none' : 'tls',
    database,
    role,
    replication,
  };
  const other =
    access.client.databases !== 'all' && !access.client.databases.includes('postgres') ? 'postgres' : 'template1';
  const tries: [MessageId, Changes, Partial<Attempt>][] = [
    ...(of.sslMode === null
      ? []
      : [['verify.clear', { sslMode: 'disable' }, { encryption: 'none' }] as [MessageId, Changes, Partial<Attempt>]]),
    ['verify.otherDatabase', { database: other, replication: false }, { database: other, replication: false }],
    ['verify.superuser', { role: superuser }, { role: superuser }],
    ['verify.nobody', { role: NOBODY }, { role: NOBODY }],
    ...(replication
      ? []
      : [
          ['verify.replication', { replication: true }, { replication: true }] as [
            MessageId,
            Changes,
            Partial<Attempt>,
          ],
        ]),
  ];
  const refusals = tries.flatMap(([id, changes, attempt]) => {
    const text = refusedEverywhere(model, access, { ...base, ...attempt });
    return text === undefined
      ? []
      : [call(sh`refused`, say(id, { role, database: other, superuser }), of, changes, [shWord(text)])];
  });
  return [...refusals, ...wrongSecrets(model, of)];
}

const isPooled = ({ plan }: AccessModel, { client }: ClientAccess) => proxyOf(plan, client.via)?.kind === 'pgbouncer';

function refusedEverywhere(
  model: AccessModel,
  access: ClientAccess,
  attempt: Omit<Attempt, 'address'>,
): string | undefined {
  // PgBouncer refuses before PostgreSQL is asked, in words that differ from release to release.
  if (isPooled(model, access)) return 'FATAL';
  const records = readsReplicas(access.client) ? model.replicaGrants : model.grants;
  const addresses: (Prefix | null)[] = access.client.via === 'socket' ? [null] : access.seenAs.map(firstHost);
  const texts = new Set(
    addresses.map((address) => {
      const tried = { ...attempt, address };
      return refusal(firstMatch(records, tried), tried);
    }),
  );
  return texts.size === 1 ? [...texts][0] : undefined;
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
    sh`certificate none`,
    call(sh`refused`, say('verify.noCertificate'), of, {}, [shWord('connection requires a valid client certificate')]),
  ];
  if (method === 'scram') return [password];
  if (method === 'cert') return noCertificate;
  return method === 'cert+scram' && model.release.major >= 12 ? [password, ...noCertificate] : [];
}

/** Runs the client that was named, and says how it went. */
function choice(model: AccessModel): Block<'sh'> {
  const names = model.clients.map(({ slug }) => shWord(slug));
  return {
    reason: { message: say('verify.choice'), path: 'clients' },
    lines: [
      sh`case "\${1:-}" in`,
      ...model.clients.map(({ slug, index }) => sh`  ${shWord(slug)}) ${functionName(index)} ;;`),
      sh`  *)`,
      sh`    printf 'bash verify.sh CLIENT, one of:\n'`,
      sh`    printf '%s\n' ${join(names, ' ')}`,
      sh`    exit 2`,
      sh`    ;;`,
      sh`esac`,
      sh`printf '%s of %s checks hold\n' "$passed" "$((passed + failed))"`,
      sh`[ "$failed" -eq 0 ]`,
    ],
  };
}
