import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { hasSetting } from '../../postgres/settings.ts';
import { serverTlsPaths } from '../tls/paths.ts';
import { logSettings } from './log-settings.ts';
import { type Setting, setting } from './setting.ts';

/** The settings that the plan needs on this major, in reading order. Settings that the major does not know are left out. */
export function settings(model: AccessModel): Setting[] {
  const { plan, release } = model;
  const { security } = plan;
  const tls = serverTlsPaths(model);
  const candidates: (Setting | undefined)[] = [
    listenAddresses(model),
    setting('port', plan.server.port, 'setting.port', 'server.port'),
    setting('ssl', 'on', 'setting.ssl', 'security.certificate.source'),
    setting('ssl_cert_file', tls.certificate, 'setting.certificate', 'security.certificate'),
    setting('ssl_key_file', tls.key, 'setting.certificate', 'security.certificate'),
    tls.clientCa === null
      ? undefined
      : setting('ssl_ca_file', tls.clientCa, 'setting.clientCa', 'security.certificate'),
    tls.crl === null ? undefined : setting('ssl_crl_file', tls.crl, 'setting.crl', 'security.certificate.revocation'),
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

/** The defaults of PostgreSQL, 10 of each, do for a few; a standby must have as many as its primary. */
const DEFAULT_SENDERS = 10;

/** Only what must differ from the defaults: wal_level and hot_standby are as they must be since PostgreSQL 10. */
function replication({ plan, replicas }: AccessModel): (Setting | undefined)[] {
  const count = replicas.length;
  if (plan.network.pattern !== 'private' || count === 0) return [];
  const streaming = plan.clients.filter((client) => client.replication !== 'none').length;
  const senders = 2 * count + streaming + 4;
  const slots = count + streaming + 4;
  const path = 'network.replicas';
  const kept = plan.network.slots
    ? [setting('max_slot_wal_keep_size', '10GB', 'setting.slotKeep', 'network.slots')]
    : [
        setting('wal_keep_segments', 64, 'setting.walKeep', 'network.slots'),
        setting('wal_keep_size', '1GB', 'setting.walKeep', 'network.slots'),
      ];
  return [
    senders > DEFAULT_SENDERS ? setting('max_wal_senders', senders, 'setting.walSenders', path) : undefined,
    plan.network.slots && slots > DEFAULT_SENDERS
      ? setting('max_replication_slots', slots, 'setting.replicationSlots', path)
      : undefined,
    ...kept,
  ];
}

/** 18 made the setting a list; `on` still works there, but only alone. */
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
