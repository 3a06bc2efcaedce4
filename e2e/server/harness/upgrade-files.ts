/** Files of a server, as two majors are to read them. */
export interface UpgradeSet {
  readonly name: string;
  readonly hba: string;
  readonly conf: string;
}

/** Lines and settings on which some majors disagree, next to some on which they agree. */
export const upgradeSets: readonly UpgradeSet[] = [
  {
    name: 'files with defaults only',
    hba: 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n',
    conf: '',
  },
  {
    name: 'files that each major accepts',
    hba: `local all all trust
hostssl all all 10.0.0.0/8 cert
hostssl all all 10.1.0.0/16 cert map=names
host all a,b\r 10.2.0.0/16 md5
hostssl all all 10.3.0.0/16 scram-sha-256 clientcert=verify-full
hostssl all all 10.4.0.0/16 md5 clientcert=verify-ca
host all all 10.5.0.0/16 reject
host replication all samenet password
host all all .example.com ident map=names
`,
    conf: `shared_buffers = 20000
jit = off
work_mem = 5MB
min_wal_size = '200500kB'
log_autovacuum_min_duration = 0
log_checkpoints = yes
log_lock_waits = true
password_encryption = 'scram-sha-256'
max_locks_per_transaction = 0x60
log_line_prefix = '%m [%p] %u@%d '
log_connections = on
log_min_messages = warning
wal_compression = on
autovacuum_vacuum_cost_delay = 7ms
extension.setting = 'x'
`,
  },
  {
    name: 'files that each major rejects in its own lines',
    hba: `local all all trust
host all all 10.0.0.0/8 radius radiusservers=10.9.9.9 radiussecrets=x
hostssl all all 10.1.0.0/16 md5 clientcert=1
hostssl all all 10.2.0.0/16 md5 clientcert=0 # comment
hostssl all all 10.3.0.0/16 cert clientcert=1
hostssl all all 10.4.0.0/16 cert clientcert=verify-ca
hostssl all all 10.5.0.0/16 md5 clientcert=no-verify
hostssl all all 10.6.0.0/16 md5 clientcert=verify-full
hostssl all all 10.7.0.0/16 md5 clientcert=verify-ca
host\rall all 10.8.0.0/16 md5
hostnogssenc all all 10.9.0.0/16 md5
hostssl all all 10.10.0.0/16 cert clientname=DN
host all all 10.11.0.0/16 radius radiusservers=10.9.9.9,10.9.9.8 radiussecrets=x,y,z
host all /^a 10.12.0.0/16 md5
host all /( 10.13.0.0/16 md5
host all all \\
10.14.0.0/16 md5
host all all 10.15.0.0/16 md5 scope=x
include_if_exists absent
host all all 10.16.0.0/16 md5\r
`,
    conf: `password_encryption = on
wal_keep_segments = 4
wal_keep_size = 64MB
escape_string_warning = on
escape_string_warning = off
io_workers = 3
io_min_workers = 2
ssl_ecdh_curve = 'prime256v1'
ssl_groups = 'prime256v1'
stats_temp_directory = 'pg_stat_tmp'
operator_precedence_warning = off
vacuum_cleanup_index_scale_factor = 0.2
default_with_oids = off
replacement_sort_tuples = 100
force_parallel_mode = off
debug_parallel_query = off
db_user_namespace = off
old_snapshot_threshold = -1
promote_trigger_file = ''
log_min_messages = 'warning, checkpointer:debug1'
log_connections = 'receipt'
wal_compression = pglz
vacuum_cost_delay = '1.5ms'
work_mem = '1.5MB'
reserved_connections = 2
recovery_target_timeline = 'latest'
ssl_sni = off
lc_messages = 'C'
checkpoint_timeout = '1us'
`,
  },
];
