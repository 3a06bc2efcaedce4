/** How a change of a setting takes effect: `context` of `pg_settings`, limited to the values that occur here. */
export type SettingContext = 'postmaster' | 'sighup' | 'superuser' | 'superuser-backend' | 'user';

export interface SettingFacts {
  readonly context: SettingContext;
  /** The first major that knows it, if that is not 11. An unknown name prevents the server from starting. */
  readonly since?: number;
  /** The last major that knows it, if a later one removed it. */
  readonly until?: number;
}

/** The settings that Postern writes. The server suite compares each with `pg_settings` of every major. */
export const SETTINGS = {
  listen_addresses: { context: 'postmaster' },
  port: { context: 'postmaster' },
  max_connections: { context: 'postmaster' },
  superuser_reserved_connections: { context: 'postmaster' },
  reserved_connections: { context: 'postmaster', since: 16 },
  ssl: { context: 'sighup' },
  ssl_cert_file: { context: 'sighup' },
  ssl_key_file: { context: 'sighup' },
  ssl_ca_file: { context: 'sighup' },
  ssl_crl_file: { context: 'sighup' },
  ssl_sni: { context: 'sighup', since: 19 },
  hosts_file: { context: 'postmaster', since: 19 },
  ssl_min_protocol_version: { context: 'sighup', since: 12 },
  ssl_ciphers: { context: 'sighup' },
  ssl_ecdh_curve: { context: 'sighup', until: 17 },
  ssl_groups: { context: 'sighup', since: 18 },
  password_encryption: { context: 'user' },
  authentication_timeout: { context: 'sighup' },
  oauth_validator_libraries: { context: 'sighup', since: 18 },
  log_connections: { context: 'superuser-backend' },
  wal_level: { context: 'postmaster' },
  max_wal_senders: { context: 'postmaster' },
  max_replication_slots: { context: 'postmaster' },
  wal_keep_segments: { context: 'sighup', until: 12 },
  wal_keep_size: { context: 'sighup', since: 13 },
  max_slot_wal_keep_size: { context: 'sighup', since: 13 },
  log_line_prefix: { context: 'sighup' },
  log_hostname: { context: 'sighup' },
  lc_messages: { context: 'superuser' },
  log_destination: { context: 'sighup' },
  logging_collector: { context: 'postmaster' },
  log_directory: { context: 'sighup' },
  log_filename: { context: 'sighup' },
  log_truncate_on_rotation: { context: 'sighup' },
  log_rotation_age: { context: 'sighup' },
  log_rotation_size: { context: 'sighup' },
  syslog_facility: { context: 'sighup' },
  syslog_ident: { context: 'sighup' },
  syslog_split_messages: { context: 'sighup' },
  syslog_sequence_numbers: { context: 'sighup' },
  log_disconnections: { context: 'superuser-backend' },
} as const satisfies Readonly<Record<string, SettingFacts>>;

export type SettingName = keyof typeof SETTINGS;

/** Whether the major knows the setting. */
export function hasSetting(name: SettingName, major: number): boolean {
  const facts: SettingFacts = SETTINGS[name];
  return (facts.since ?? 11) <= major && major <= (facts.until ?? major);
}

/** Restart or reload, from the setting's context. */
export const applies = (name: SettingName): 'restart' | 'reload' =>
  SETTINGS[name].context === 'postmaster' ? 'restart' : 'reload';
