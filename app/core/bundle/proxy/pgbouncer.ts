import { say } from '../../messages/message.ts';
import { pooledEntries } from '../../model/hba-entries.ts';
import type { AccessModel, DatabaseToken, HbaEntry, RoleToken } from '../../model/model.ts';
import { prefixText } from '../../net/prefix.ts';
import { type Hba, hba, hbaKeyword } from '../../quote/hba.ts';
import { ini, iniValue } from '../../quote/ini.ts';
import { pgbouncerHbaName, pgbouncerName, pgbouncerValue } from '../../quote/pgbouncer.ts';
import { join } from '../../quote/template.ts';
import { canonical } from '../bastion/targets.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { authQuery } from './auth-query.ts';
import { installPgbouncer, undoPgbouncer } from './install-pgbouncer.ts';
import { pooledHost, proxied } from './proxied.ts';

/** Default of max_connections. */
const DEFAULT_MAX_CONNECTIONS = 100;

/** The CA of the database server's certificate; the installer puts it there. */
const AUTHORITY = '/etc/pgbouncer/postern-ca.crt';

/**
 * PgBouncer on the bastion: its settings, its own hba file, the function that returns password hashes, and the
 * installation.
 */
export const pgbouncerFiles: Artifact = {
  page: 'pgbouncer',
  render(model) {
    const found = proxied(model, 'pgbouncer');
    if (!found) return [];
    return [
      authQuery(model, found.proxy.authRole, served(model)),
      settings(model),
      twin(model),
      installPgbouncer(model, found.proxy.authRole),
      undoPgbouncer,
    ];
  },
};

/** Databases that PgBouncer serves; plan validation allows no entry that means all. */
function served(model: AccessModel): string[] {
  const { clients } = proxied(model, 'pgbouncer') ?? { clients: [] };
  return [...new Set(clients.flatMap(({ client }) => (client.databases === 'all' ? [] : client.databases)))];
}

function settings(model: AccessModel): FileDraft<'ini'> {
  const found = proxied(model, 'pgbouncer');
  if (!found) throw new Error('only for a plan with PgBouncer');
  const { bastion, proxy, clients } = found;
  const { security, server } = model.plan;
  const databases = served(model);
  const host = pooledHost(model, bastion);
  const available =
    (security.maxConnections ?? DEFAULT_MAX_CONNECTIONS) - security.superuserReserved - security.reserved;
  const each = Math.max(1, Math.floor(available / Math.max(1, databases.length)));
  const protocols = security.tlsMinimum === 'TLSv1.3' ? ini`tlsv1.3` : ini`tlsv1.2,tlsv1.3`;
  const everyTls = clients.every(({ client }) => client.tls === 'require');
  return {
    path: 'bastion/pgbouncer.ini',
    purpose: 'part',
    machine: 'bastion',
    title: say('pgbouncer.title'),
    intro: [say('pgbouncer.intro'), ...(proxy.poolMode === 'transaction' ? [say('pgbouncer.transaction')] : [])],
    language: 'ini',
    blocks: [
      {
        reason: { message: say('pgbouncer.databases', { host }), path: 'clients' },
        lines: [
          ini`[databases]`,
          ...databases.map(
            (name) =>
              ini`${pgbouncerName(name)} = host=${pgbouncerValue(host)} port=${server.port} dbname=${pgbouncerValue(name)}`,
          ),
        ],
      },
      {
        reason: { message: say('pgbouncer.listen'), path: 'network.publicAddresses' },
        lines: [
          ini`[pgbouncer]`,
          ini`listen_addr = ${iniValue(bastion.publicAddresses.map(canonical).join(','))}`,
          ini`listen_port = ${proxy.port}`,
        ],
      },
      {
        reason: { message: say('pgbouncer.socket'), path: 'network.proxy' },
        lines: [
          ini`unix_socket_dir = /run/pgbouncer`,
          ini`unix_socket_mode = 0700`,
          ini`admin_users =`,
          ini`stats_users =`,
        ],
      },
      {
        reason: { message: say('pgbouncer.auth'), path: 'network.proxy.authRole' },
        lines: [
          ini`auth_type = hba`,
          ini`auth_hba_file = /etc/pgbouncer/postern_hba.conf`,
          ini`auth_file = /etc/pgbouncer/postern_userlist.txt`,
          ini`auth_user = ${iniValue(proxy.authRole)}`,
          ini`auth_query = SELECT usename, passwd FROM postern_pgbouncer.get_auth($1)`,
        ],
      },
      {
        reason: { message: say(everyTls ? 'pgbouncer.clientTls' : 'pgbouncer.clientTlsAllow'), path: 'clients' },
        lines: [
          everyTls ? ini`client_tls_sslmode = require` : ini`client_tls_sslmode = allow`,
          ini`client_tls_cert_file = /etc/pgbouncer/postern-bastion.crt`,
          ini`client_tls_key_file = /etc/pgbouncer/postern-bastion.key`,
          ini`client_tls_protocols = ${protocols}`,
        ],
      },
      {
        reason: { message: say('pgbouncer.serverTls'), path: 'security.certificate.source' },
        lines: [
          ini`server_tls_sslmode = verify-full`,
          ini`server_tls_ca_file = ${iniValue(AUTHORITY)}`,
          ini`server_tls_protocols = ${protocols}`,
        ],
      },
      {
        reason: {
          message: say(proxy.poolMode === 'session' ? 'pgbouncer.session' : 'pgbouncer.transactionMode'),
          path: 'network.proxy.poolMode',
        },
        lines: [
          proxy.poolMode === 'session' ? ini`pool_mode = session` : ini`pool_mode = transaction`,
          ini`server_reset_query = DISCARD ALL`,
          ini`ignore_startup_parameters = extra_float_digits`,
        ],
      },
      {
        reason: { message: say('pgbouncer.limits', { each, available }), path: 'security.maxConnections' },
        lines: [
          ini`max_client_conn = 1000`,
          ini`default_pool_size = ${each}`,
          ini`max_db_connections = ${each}`,
          ini`client_login_timeout = ${security.authenticationTimeout}`,
        ],
      },
    ],
  };
}

const EVERYWHERE = ['0.0.0.0/0', '::/0'] as const;

/**
 * PgBouncer's own hba file, with the same clients as pg_hba.conf. PgBouncer skips what it cannot read, so the file
 * contains only what it supports (`hba.c` of 1.18).
 */
function twin(model: AccessModel): FileDraft<'hba'> {
  return {
    path: 'bastion/postern_hba.conf',
    purpose: 'part',
    machine: 'bastion',
    title: say('pgbouncer.hbaTitle'),
    intro: [say('pgbouncer.hbaIntro')],
    language: 'hba',
    blocks: pooledEntries(model.plan, model.release.major, model.clients).map((entry): Block<'hba'> => {
      return { reason: entry.reason, lines: records(entry) };
    }),
  };
}

/** One record per address: 1.18 has no keyword for every address, so `all` is the widest network of both families. */
function records(entry: HbaEntry): Hba[] {
  const addresses = entry.address === 'all' ? EVERYWHERE : entry.address === null ? [] : [prefixText(entry.address)];
  if (entry.options.length > 0 || !METHODS.has(entry.method))
    throw new Error(`PgBouncer cannot read the method ${entry.method} with options`);
  return addresses.map(
    (address) =>
      hba`${entry.connection as Hba} ${names(entry.databases)} ${names(entry.roles)} ${address as Hba} ${entry.method as Hba}`,
  );
}

const METHODS: ReadonlySet<string> = new Set(['scram-sha-256', 'md5', 'reject']);

const names = (tokens: readonly (DatabaseToken | RoleToken)[]): Hba =>
  join(
    tokens.map((token) => (token.kind === 'name' ? pgbouncerHbaName(token.name) : hbaKeyword(token.kind))),
    ',',
  );
