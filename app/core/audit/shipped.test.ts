import { describe, expect, test } from 'vitest';
import { audit } from './audit.ts';

/** What initdb writes, with what the packagers say to it; comments and settings of the locale left out. */
const initdb = `#listen_addresses = 'localhost'		# what IP address(es) to listen on;
max_connections = 100			# (change requires restart)
shared_buffers = 128MB			# min 128kB
dynamic_shared_memory_type = posix
max_wal_size = 1GB
min_wal_size = 80MB
log_timezone = 'Etc/UTC'
datestyle = 'iso, mdy'
timezone = 'Etc/UTC'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.english'
`;

const password = (major: number) => (major >= 14 ? 'scram-sha-256' : 'md5');

/** Records of initdb for sockets and for the loopback. */
const loopback = (
  socket: string,
  host: string,
) => `local   all             all                                     ${socket}
host    all             all             127.0.0.1/32            ${host}
host    all             all             ::1/128                 ${host}
local   replication     all                                     ${socket}
host    replication     all             127.0.0.1/32            ${host}
host    replication     all             ::1/128                 ${host}
`;

const shipped = {
  // postgresql-common's pg_createcluster.
  Debian: (major: number) => ({
    hba: `local   all             postgres                                peer\n${loopback('peer', password(major))}`,
    conf: `${initdb}data_directory = '/var/lib/postgresql/${major}/main'
hba_file = '/etc/postgresql/${major}/main/pg_hba.conf'
ident_file = '/etc/postgresql/${major}/main/pg_ident.conf'
external_pid_file = '/var/run/postgresql/${major}-main.pid'
port = 5432
unix_socket_directories = '/var/run/postgresql'
ssl = on
ssl_cert_file = '/etc/ssl/certs/ssl-cert-snakeoil.pem'
ssl_key_file = '/etc/ssl/private/ssl-cert-snakeoil.key'
log_line_prefix = '%m [%p] %q%u@%d '
cluster_name = '${major}/main'
include_dir = 'conf.d'
${major < 15 ? `stats_temp_directory = '/var/run/postgresql/${major}-main.pg_stat_tmp'\n` : ''}`,
  }),
  // postgresql-setup --initdb; the packages of the PostgreSQL project write scram-sha-256 where initdb has it as its default.
  'Red Hat': (major: number) => ({
    hba: loopback('peer', major >= 14 ? 'scram-sha-256' : 'ident'),
    conf: `${initdb}log_destination = 'stderr'
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_line_prefix = '%m [%p] '
`,
  }),
  // docker-library/postgres: initdb's own trust, and a record for everybody; the sample listens everywhere.
  Docker: (major: number) => ({
    hba: `${loopback('trust', 'trust')}\nhost all all all ${password(major)}\n`,
    conf: `listen_addresses = '*'\n${initdb.slice(initdb.indexOf('\n') + 1)}`,
  }),
};

const raised = (platform: keyof typeof shipped, major: number) => [
  ...new Set(audit({ ...shipped[platform](major), major }).map(({ id }) => id)),
];

/** docs/shipped-files.md says why each is raised. */
const docker = [
  'password-without-tls',
  'open-to-the-world',
  'superuser-from-afar',
  'connections-not-logged',
  'listens-everywhere',
];
const expected = {
  Debian: { 13: ['unsupported-version', 'md5-method'], 18: [], 19: [] },
  'Red Hat': {
    13: ['unsupported-version', 'ident-over-tcp', 'connections-not-logged'],
    18: ['connections-not-logged'],
    19: ['connections-not-logged'],
  },
  Docker: {
    13: ['unsupported-version', 'trust-on-the-socket', 'trust-over-tcp', 'md5-method', ...docker],
    18: ['trust-on-the-socket', 'trust-over-tcp', ...docker],
    19: ['trust-on-the-socket', 'trust-over-tcp', ...docker],
  },
} satisfies Record<keyof typeof shipped, Record<13 | 18 | 19, readonly string[]>>;

describe('the files that packages ship raise what is truly risky and nothing else', () => {
  for (const platform of ['Debian', 'Red Hat', 'Docker'] as const)
    test.each([13, 18, 19] as const)(`${platform}, PostgreSQL %i`, (major) => {
      expect(raised(platform, major)).toEqual(expected[platform][major]);
    });
});
