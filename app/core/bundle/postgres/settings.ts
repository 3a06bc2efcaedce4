import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { validatorLibraries } from '../../plan/reading.ts';
import type { Client } from '../../plan/schema.ts';
import { hasSetting } from '../../postgres/settings.ts';
import { serverTlsPaths } from '../tls/paths.ts';
import { hostsPath } from './hosts.ts';
import { logSettings } from './log-settings.ts';
import { type Setting, setting } from './setting.ts';

/**
 * The settings that the plan needs on this major, in reading order, on the primary or on a replica. Settings that the
 * major does not know are left out.
 */
export function settings(model: AccessModel, endpoint: Client['endpoint'] = 'primary'): Setting[] {
  const { plan, release } = model;
  const { security } = plan;
  const tls = serverTlsPaths(model);
  const ownCertificate = security.hostCertificates.length === 0 ? 'setting.certificate' : 'setting.certificateUnused';
  const candidates: (Setting | undefined)[] = [
    listenAddresses(model),
    setting('port', plan.server.port, 'setting.port', 'server.port'),
    setting('ssl', 'on', 'setting.ssl', 'security.certificate.source'),
    setting('ssl_cert_file', tls.certificate, ownCertificate, 'security.certificate'),
    setting('ssl_key_file', tls.key, ownCertificate, 'security.certificate'),
    tls.clientCa === null
      ? undefined
      : setting('ssl_ca_file', tls.clientCa, 'setting.clientCa', 'security.certificate'),
    tls.crl === null ? undefined : setting('ssl_crl_file', tls.crl, 'setting.crl', 'security.certificate.revocation'),
    ...certificatesByName(model),
    setting('ssl_min_protocol_version', security.tlsMinimum, 'setting.tlsMinimum', 'security.tlsMinimum'),
    security.ciphers === null
      ? undefined
      : setting('ssl_ciphers', security.ciphers, 'setting.ciphers', 'security.ciphers'),
    ...(security.groups === null
      ? []
      : [
          setting('ssl_ecdh_curve', security.groups, 'setting.curve', 'security.groups'),
          setting('ssl_groups', security.groups, 'setting.groups', 'security.groups'),
        ]),
    setting('password_encryption', security.passwordHashing, 'setting.hashing', 'security.passwordHashing'),
    setting(
      'authentication_timeout',
      security.authenticationTimeout,
      'setting.timeout',
      'security.authenticationTimeout',
    ),
    ...validators(model, endpoint),
    security.maxConnections === null
      ? undefined
      : setting('max_connections', security.maxConnections, 'setting.maxConnections', 'security.maxConnections'),
    setting(
      'superuser_reserved_connections',
      security.superuserReserved,
      'setting.superuserReserved',
      'security.superuserReserved',
    ),
    security.reserved === 0
      ? undefined
      : setting('reserved_connections', security.reserved, 'setting.reserved', 'security.reserved'),
    ...replication(model),
    logConnections(model),
    setting(
      'log_disconnections',
      security.logDisconnections ? 'on' : 'off',
      'setting.logDisconnections',
      'security.logDisconnections',
    ),
    ...logSettings(model),
  ];
  return candidates.filter((found) => found !== undefined).filter(({ name }) => hasSetting(name, release.major));
}

/**
 * The libraries that may check tokens: without it, a server rejects a pg_hba.conf that uses OAuth. A machine without
 * such rules keeps its own list, which its other rules may need.
 */
function validators({ plan }: AccessModel, endpoint: Client['endpoint']): Setting[] {
  const libraries = validatorLibraries(plan, endpoint);
  if (libraries.length === 0) return [];
  const first = plan.clients.findIndex(({ auth }) => auth.method === 'oauth' && auth.validator === libraries[0]);
  const path = `clients.${first}.auth.validator`;
  return [setting('oauth_validator_libraries', libraries.join(', '), 'setting.validators', path)];
}

function listenAddresses({ plan, listen }: AccessModel): Setting {
  const late = listen.filter((socket) => socket.late).map(({ address }) => address);
  const message =
    plan.server.platform === 'docker'
      ? say('setting.listenContainer')
      : late.length > 0
        ? say('setting.listenLate', { late: late.join(', ') })
        : say('setting.listen');
  const value = listen.map(({ address }) => address).join(', ');
  const path = listen.at(-1)?.reason.path ?? 'server.addresses';
  return { ...setting('listen_addresses', value, 'setting.listen', path), reason: { message, path } };
}

/** The server looks for the file in the data directory unless it is told (`guc.c`, `SelectConfigFiles`). */
function certificatesByName(model: AccessModel): Setting[] {
  const path = 'security.hostCertificates';
  const { configDirectory, dataDirectory } = model.platform;
  if (model.plan.security.hostCertificates.length === 0) return [];
  return [
    setting('ssl_sni', 'on', 'setting.sni', path),
    ...(configDirectory === dataDirectory ? [] : [setting('hosts_file', hostsPath(model), 'setting.hostsFile', path)]),
  ];
}

/** PostgreSQL's defaults: 10 of each, and `replica`, which is not enough for logical decoding (manual 19.5.1). */
const DEFAULT_SENDERS = 10;

/**
 * Slots and senders for each role of a subscriber: one for the subscription and two for the first copy of its tables
 * (`max_sync_workers_per_subscription`, manual 19.6.4).
 */
const PER_SUBSCRIBER = 3;

/**
 * Settings for streaming to other servers. Only those that must differ from the defaults: hot_standby is on since
 * PostgreSQL 10.
 */
function replication({ plan, replicas }: AccessModel): (Setting | undefined)[] {
  const count = replicas.length;
  const using = (kind: 'physical' | 'logical') => plan.clients.filter((client) => client.replication === kind);
  const logical = using('logical');
  const streaming =
    using('physical').length + PER_SUBSCRIBER * logical.reduce((sum, { roles }) => sum + roles.length, 0);
  if (count + streaming === 0) return [];
  const path = count > 0 ? 'network.replicas' : 'clients';
  const senders = 2 * count + streaming + 4;
  const slots = count + streaming + 4;
  const slotted = logical.length > 0 || (plan.network.pattern === 'private' && plan.network.slots);
  return [
    logical.length > 0 ? setting('wal_level', 'logical', 'setting.walLevel', 'clients') : undefined,
    senders > DEFAULT_SENDERS ? setting('max_wal_senders', senders, 'setting.walSenders', path) : undefined,
    slotted && slots > DEFAULT_SENDERS
      ? setting('max_replication_slots', slots, 'setting.replicationSlots', path)
      : undefined,
    ...(count > 0 ? keptWal(plan) : []),
  ];
}

/** What the primary retains for a replica that lags behind. */
function keptWal({ network }: AccessModel['plan']): Setting[] {
  return network.pattern === 'private' && network.slots
    ? [setting('max_slot_wal_keep_size', '10GB', 'setting.slotKeep', 'network.slots')]
    : [
        setting('wal_keep_segments', 64, 'setting.walKeep', 'network.slots'),
        setting('wal_keep_size', '1GB', 'setting.walKeep', 'network.slots'),
      ];
}

/** Since 18 the setting is a list; `on` is still accepted, but only on its own. */
function logConnections({ plan, release }: AccessModel): Setting {
  const { logConnections: wanted } = plan.security;
  const path = 'security.logConnections';
  if (release.major < 18) return setting('log_connections', wanted ? 'on' : 'off', 'setting.logConnections', path);
  return setting(
    'log_connections',
    wanted ? 'receipt,authentication,authorization' : '',
    'setting.logConnectionsList',
    path,
  );
}
