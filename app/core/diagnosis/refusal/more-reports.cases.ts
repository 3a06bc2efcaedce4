import type { DiagnoseOptions } from './diagnose.ts';

/** A report by someone who could not connect, shortened, with other names and addresses. */
export interface Reported {
  /** The thread in which the cause was found. */
  readonly from: string;
  readonly class:
    | 'translated messages'
    | 'which end wrote it'
    | 'connection poolers'
    | 'drivers'
    | 'consequences and other processes'
    | 'evidence in the text or the file'
    | 'managed services'
    | 'startup parameters of the client'
    | 'ALPN, direct TLS, proxies'
    | 'log formats';
  readonly text: readonly string[];
  readonly options?: DiagnoseOptions;
  /** The causes, by id, of which the first is the one that the thread arrived at. */
  readonly expected: readonly string[];
}

export const moreReports: readonly Reported[] = [
  {
    from: 'https://github.com/Seedstars/django-react-redux-base/issues/73',
    class: 'log formats',
    text: [
      'postgres_1  | FATAL:  no pg_hba.conf entry for host "172.18.0.3", user "app", database "app_dev", SSL off',
      'backend_1   | Traceback (most recent call last):',
      'backend_1   |     self.connection = self.get_new_connection(conn_params)',
      'backend_1   | psycopg2.OperationalError: FATAL:  no pg_hba.conf entry for host "172.18.0.3", user "app", database "app_dev", SSL off',
      'backend_1   |',
      'backend_1   | The above exception was the direct cause of the following exception:',
    ],
    expected: ['no-entry-without-tls'],
  },
  {
    from: 'https://github.com/itmicus/cmdbuild_docker/issues/2',
    class: 'log formats',
    text: [
      'cmdb_db     | 2019-07-11 13:49:49.019 UTC [146] FATAL:  no pg_hba.conf entry for host "172.18.0.3", user "cmdb", database "cmdb_30", SSL off',
    ],
    expected: ['no-entry-without-tls'],
  },
  {
    from: 'https://github.com/docker-library/postgres/issues/559',
    class: 'drivers',
    text: [
      'PG::ConnectionBad (FATAL:  pg_hba.conf rejects connection for host "172.17.0.1", user "app", database "app", SSL off ):',
    ],
    expected: ['rejected-without-tls'],
  },
  {
    from: 'https://github.com/umami-software/umami/issues/65',
    class: 'drivers',
    text: [
      'PrismaClientUnknownRequestError: Error in connector: Error querying the database: db error: FATAL: no pg_hba.conf entry for host "192.168.122.1", user "web", database "web", SSL on',
      '    at PrismaClientFetcher.request (/app/node_modules/@prisma/client/runtime/index.js:1:211253)',
    ],
    expected: ['no-entry'],
  },
  {
    from: 'https://github.com/kartoza/docker-postgis/issues/280',
    class: 'evidence in the text or the file',
    text: [
      'app-postgis | 2020-10-23 23:04:26.406 UTC [88] gis_admin@gis FATAL:  password authentication failed for user "gis_admin"',
      'app-postgis | 2020-10-23 23:04:26.406 UTC [88] gis_admin@gis DETAIL:  Connection matched pg_hba.conf line 100: "host    all             all             172.16.0.0/12               md5"',
    ],
    expected: ['wrong-password'],
  },
  {
    from: 'https://github.com/cloudnative-pg/cloudnative-pg/issues/5072',
    class: 'log formats',
    text: [
      '{"level":"info","ts":"2024-07-11T10:44:25Z","logger":"postgres","msg":"record","logging_pod":"shop-1","record":{"log_time":"2024-07-11 10:44:25.267 UTC","user_name":"shop","database_name":"shop","process_id":"117234","connection_from":"10.244.1.79:55590","session_id":"668fb789.1c9f2","session_line_num":"1","command_tag":"authentication","error_severity":"FATAL","sql_state_code":"28P01","message":"password authentication failed for user \\"shop\\"","detail":"Connection matched file \\"/var/lib/postgresql/data/pgdata/pg_hba.conf\\" line 14: \\"host all all all scram-sha-256\\"","backend_type":"client backend","query_id":"0"}}',
    ],
    expected: ['wrong-password'],
  },
  {
    from: 'https://github.com/AppFlowy-IO/AppFlowy-Cloud/issues/1324',
    class: 'log formats',
    text: [
      '2025-04-07 13:05:01 2025-04-07 11:05:01.029 UTC [1] LOG:  listening on IPv4 address "0.0.0.0", port 5432',
      '2025-04-07 13:05:01 2025-04-07 11:05:01.058 UTC [1] LOG:  database system is ready to accept connections',
      '2025-04-07 13:05:00 PostgreSQL Database directory appears to contain a database; Skipping initialization',
      '2025-04-07 13:05:07 2025-04-07 11:05:07.186 UTC [42] FATAL:  password authentication failed for user "auth_admin"',
      '2025-04-07 13:05:07 2025-04-07 11:05:07.186 UTC [42] DETAIL:  Role "auth_admin" does not exist.',
      '2025-04-07 13:05:07     Connection matched file "/var/lib/postgresql/data/pg_hba.conf" line 128: "host all all all scram-sha-256"',
    ],
    expected: ['role-unknown-to-password'],
  },
  {
    from: 'https://github.com/timescale/helm-charts/issues/223',
    class: 'consequences and other processes',
    text: [
      '2020-09-08 07:35:02 UTC [436]: [5f573426.1b4-1] [unknown]@[unknown],app=[unknown] [00000] LOG:  connection received: host=10.121.14.113 port=5179',
      '2020-09-08 07:35:02 UTC [436]: [5f573426.1b4-2] postgres@postgres,app=[unknown] [28000] FATAL:  pg_hba.conf rejects connection for host "10.121.14.113", user "postgres", database "postgres", SSL off',
      '2020-09-08 07:35:04 UTC [440]: [5f573428.1b8-1] [unknown]@[unknown],app=[unknown] [00000] LOG:  connection received: host=10.121.24.56 port=23344',
      '2020-09-08 07:35:04 UTC [440]: [5f573428.1b8-2] postgres@postgres,app=[unknown] [28P01] FATAL:  password authentication failed for user "postgres"',
      '2020-09-08 07:35:04 UTC [440]: [5f573428.1b8-3] postgres@postgres,app=[unknown] [28P01] DETAIL:  Password does not match for user "postgres".',
      '        Connection matched pg_hba.conf line 9: "hostssl   all             all                all                md5"',
    ],
    expected: ['wrong-password', 'rejected-without-tls'],
  },
  {
    from: 'https://github.com/laurent22/joplin/issues/10537',
    class: 'drivers',
    text: [
      '09:52:33 0|app  | 2024-05-31 09:52:33: db: Could not connect. Will try again. password authentication failed for user "notes"',
      '09:52:34 0|app  | 2024-05-31 09:52:34: db: Could not connect. Will try again. password authentication failed for user "notes"',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/cloudnative-pg/cloudnative-pg/issues/3344',
    class: 'log formats',
    text: [
      'postgres {"level":"info","ts":"2023-12-23T16:49:41Z","logger":"postgres","msg":"record","logging_pod":"shop-1","record":{"log_time":"2023-12-23 16:49:41.643 UTC","user_name":"postgres","database_name":"postgres","process_id":"80","connection_from":"[local]","session_id":"65870fa5.50","error_severity":"FATAL","sql_state_code":"57P03","message":"the database system is not yet accepting connections","detail":"Consistent recovery state has not been yet reached.","backend_type":"client backend","query_id":"0"}}',
      'postgres {"level":"info","ts":"2023-12-23T16:49:41Z","msg":"DB not available, will retry","controller":"cluster","logging_pod":"shop-1","err":"failed to connect to `host=/controller/run user=postgres database=postgres`: server error (FATAL: the database system is not yet accepting connections (SQLSTATE 57P03))"}',
    ],
    expected: ['server-starting'],
  },
  {
    from: 'https://github.com/pgbouncer/pgbouncer/issues/578',
    class: 'connection poolers',
    text: [
      '2021-03-10 19:18:07.736 MSK [63738] WARNING server login failed: FATAL password authentication failed for user "pgbouncer"',
      '2021-03-10 19:18:07.736 MSK [63738] WARNING C-0x2675d78: pgbouncer/pgbouncer@[::1]:57584 pooler error: password authentication failed for user "pgbouncer"',
    ],
    expected: ['pooler-login-failed'],
  },
  {
    from: 'https://github.com/autobase-tech/autobase/issues/246',
    class: 'connection poolers',
    text: ['psql: error: connection to server at localhost, port 5000 failed: FATAL:  SASL authentication failed'],
    expected: ['pooler-password-refused'],
  },
  {
    from: 'https://github.com/pgbouncer/pgbouncer/issues/423',
    class: 'connection poolers',
    text: [
      'psql: ERROR:  pgbouncer cannot connect to server',
      '2019-10-30 11:14:58.916 EDT [1195] LOG C-0x562873edaf90: shop/app@127.0.0.1:50486 login attempt: db=shop user=app tls=no',
      '2019-10-30 11:14:58.916 EDT [1195] LOG C-0x562873edaf90: shop/app@127.0.0.1:50486 closing because: pgbouncer cannot connect to server (age=0s)',
    ],
    expected: ['pooler-server-unreachable'],
  },
  {
    from: 'https://github.com/pgbouncer/pgbouncer/issues/975',
    class: 'connection poolers',
    text: [
      '2023-10-30 21:16:50.778 MSK [6202] WARNING server login failed: FATAL database "*" does not exist',
      '2023-10-30 21:16:50.778 MSK [6202] LOG S-0x5581: */app@127.0.0.1:5432 closing because: login failed (age=0s)',
    ],
    expected: ['database-missing'],
  },
  {
    from: 'https://github.com/zalando/postgres-operator/issues/1115',
    class: 'consequences and other processes',
    text: [
      '2020-08-17 09:54:39,152 ERROR: Can not fetch local timeline and lsn from replication connection',
      'Traceback (most recent call last):',
      '  File "/usr/lib/python3/dist-packages/psycopg2/__init__.py", line 127, in connect',
      '    conn = _connect(dsn, connection_factory=connection_factory, **kwasync)',
      'psycopg2.OperationalError: FATAL:  password authentication failed for user "standby"',
      'FATAL:  no pg_hba.conf entry for replication connection from host "127.0.0.1", user "standby", SSL off',
      '',
      '2020-08-17 09:54:39,164 INFO: promoted self to leader by acquiring session lock',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/autobase-tech/autobase/issues/177',
    class: 'log formats',
    text: [
      '2022-06-02 23:59:53 CEST [221136-1] 10.1.7.27(50930) replicator@[unknown] FATAL:  no pg_hba.conf entry for replication connection from host "10.1.7.27", user "replicator", no encryption',
      '2022-06-02 23:59:54 CEST [221143-1] 10.1.7.26(64532) replicator@[unknown] FATAL:  no pg_hba.conf entry for replication connection from host "10.1.7.26", user "replicator", no encryption',
    ],
    expected: ['no-entry-replication'],
  },
  {
    from: 'https://github.com/patroni/patroni/issues/894',
    class: 'log formats',
    text: [
      '2018-12-07 09:40:37,183 ERROR: Exception when working with master via replication connection',
      'Traceback (most recent call last):',
      '  File "/usr/lib/python3/dist-packages/patroni/postgresql.py", line 1238, in _get_connection_cursor',
      '    with psycopg2.connect(**kwargs) as conn:',
      'psycopg2.OperationalError: FATAL:  no pg_hba.conf entry for replication connection from host "192.168.56.31", user "repl", SSL off',
    ],
    expected: ['no-entry-replication'],
  },
  {
    from: 'https://github.com/zalando/postgres-operator/issues/1710',
    class: 'drivers',
    text: [
      '/var/run/postgresql:5432 - rejecting connections',
      '2021-11-26 20:25:06,994 INFO: Lock owner: shop-2; I am shop-1',
      '2021-11-26 20:25:06,994 INFO: Still starting up as a standby.',
    ],
    expected: ['server-starting'],
  },
  {
    from: 'https://github.com/ongres/stackgres/pull/10',
    class: 'which end wrote it',
    text: [
      '2025-05-08 10:13:56,249 INFO: starting as a secondary',
      '2025-05-08 10:13:56 UTC [136103]: db=,user=,app=,client= FATAL:  private key file "server.key" has group or world access',
      '2025-05-08 10:13:56 UTC [136103]: db=,user=,app=,client= DETAIL:  File must have permissions u=rw (0600) or less if owned by the database user, or permissions u=rw,g=r (0640) or less if owned by root.',
      '2025-05-08 10:13:56 UTC [136103]: db=,user=,app=,client= LOG:  database system is shut down',
      '2025-05-08 10:14:03,127 WARNING: Retry got exception: connection problems',
      '/var/run/postgresql:5432 - no response',
    ],
    expected: ['tls-setting-refused'],
  },
  {
    from: 'https://github.com/talkdai/dialog/issues/128',
    class: 'consequences and other processes',
    text: [
      'db-1  | 2024-02-24 02:25:28.803 UTC [1] LOG:  database system is ready to accept connections',
      'db-1  | 2024-02-24 02:25:58.920 UTC [41] FATAL:  role "root" does not exist',
    ],
    expected: ['role-missing'],
  },
  {
    from: 'https://github.com/docker-library/postgres/issues/838',
    class: 'consequences and other processes',
    text: [
      'postgres           | 2021-04-26 20:09:42.263 UTC [102] FATAL:  password authentication failed for user "root"',
      'postgres           | 2021-04-26 20:09:42.263 UTC [102] DETAIL:  Role "root" does not exist.',
      'app                | Error: connect ECONNREFUSED 172.20.0.4:5433',
    ],
    expected: ['connection-refused'],
  },
  {
    from: 'https://github.com/yandex/odyssey/issues/515',
    class: 'connection poolers',
    text: [
      "60448 2023-07-17T14:50:55Z info [ccd0bf5610cfd none] (startup) route 'shop.app' to 'shop.app'",
      '60448 2023-07-17T14:50:55Z debug [ccd0bf5610cfd none] (auth) PasswordMessage',
      '60448 2023-07-17T14:50:55Z error [none s2c40584c065c] (auth) unsupported authentication method',
    ],
    expected: ['pooler-login-failed'],
  },
  {
    from: 'https://github.com/yandex/odyssey/issues/846',
    class: 'connection poolers',
    text: [
      '16654 2025-05-28T07:59:13Z debug [none none] (routing) matching rule: default_db default_user all with client visible routing type to external client',
      "16654 2025-05-28T07:59:13Z error [c2bfa3a51b17b none] (auth) ip '10.10.10.4' user 'shop.app': host based authentication rejected",
    ],
    expected: ['pooler-rejected'],
  },
  {
    from: 'https://github.com/yandex/odyssey/issues/309',
    class: 'connection poolers',
    text: ['psql: error: FATAL:  odyssey: c074b772d271e: failed to connect to remote server s54c29467ed83'],
    expected: ['pooler-server-failed'],
  },
  {
    from: 'https://github.com/supabase/supabase/issues/42581',
    class: 'managed services',
    text: [
      'psql: error: connection to server at "aws-0-ap-south-1.pooler.supabase.com" (203.0.113.8), port 6543 failed: FATAL:  Tenant or user not found',
    ],
    expected: ['pooler-user-unknown'],
  },
  {
    from: 'https://github.com/goldfiglabs/rds_iamauth_proxy/issues/3',
    class: 'connection poolers',
    text: [
      'consuming input failed: RDS Proxy supports only IAM, MD5, or SCRAM authentication.',
      'server closed the connection unexpectedly',
      '\tThis probably means the server terminated abnormally',
      '\tbefore or while processing the request.',
    ],
    expected: ['pooler-method-refused'],
  },
  {
    from: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.troubleshooting.html',
    class: 'connection poolers',
    text: [
      'FATAL:  This RDS proxy has no credentials for the role reporting. Check the credentials for this role and try again.',
    ],
    expected: ['pooler-user-unknown'],
  },
  {
    from: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.troubleshooting.html',
    class: 'connection poolers',
    text: ['FATAL:  This RDS Proxy requires TLS connections'],
    expected: ['pooler-requires-tls'],
  },
  {
    from: 'https://github.com/PostHog/posthog/pull/64015',
    class: 'startup parameters of the client',
    text: [
      'OperationalError: connection failed: connection to server at "203.0.113.8", port 5432 failed: FATAL:  Feature not supported: RDS Proxy currently doesn’t support command-line options.',
    ],
    expected: ['pooler-parameter-refused'],
  },
  {
    from: 'https://github.com/postgresml/pgcat/issues/346',
    class: 'connection poolers',
    text: [
      'psql: error: connection to server at "pgcat.pgcat.svc.cluster.local" (10.108.15.8), port 6432 failed: FATAL:  No pool configured for database: "shop", user: "app"',
    ],
    expected: ['pooler-no-database'],
  },
  {
    from: 'https://github.com/postgresml/pgcat/issues/824',
    class: 'connection poolers',
    text: ['FATAL:  58000: could not get connection from the pool - AllServersDown'],
    expected: ['pooler-waits'],
  },
  {
    from: 'https://github.com/postgresml/pgcat/issues/640',
    class: 'connection poolers',
    text: [
      '2023-11-14T04:19:57.260026Z ERROR pgcat::server: Could not connect to server: Connection refused (os error 111)',
    ],
    expected: ['pooler-server-unreachable'],
  },
  {
    from: 'https://github.com/pgpool/pgpool2/issues/60',
    class: 'connection poolers',
    text: [
      'psql: error: connection to server at "192.0.2.14", port 9999 failed: ERROR:  SCRAM authentication failed',
      'DETAIL:  unable to decrypt password from pool_passwd',
      'HINT:  verify the valid pool_key exists',
    ],
    expected: ['pooler-secret-unreadable'],
  },
  {
    from: 'https://github.com/bitnami/charts/issues/22740',
    class: 'connection poolers',
    text: [
      '2024-01-26 10:39:14.777: child pid 152: ERROR:  failed to authenticate with backend using SCRAM',
      '2024-01-26 10:39:14.777: child pid 152: DETAIL:  valid password not found',
    ],
    expected: ['pooler-login-failed'],
  },
  {
    from: 'https://github.com/pgpool/pgpool2/issues/115',
    class: 'connection poolers',
    text: [
      'ERROR:  invalid authentication packet from backend',
      'DETAIL:  failed to get the authentication packet length',
      'HINT:  This is likely caused by the inconsistency of auth method among DB nodes. Please check the previous error messages (hint: length field) from pool_read_message_length and recheck the pg_hba.conf settings.',
    ],
    expected: ['pooler-login-failed'],
  },
  {
    from: 'https://github.com/npgsql/npgsql/issues/3367',
    class: 'drivers',
    text: [
      'Unhandled exception. Npgsql.NpgsqlException (0x80004005): Exception while performing SSL handshake',
      ' ---> System.Security.Authentication.AuthenticationException: The remote certificate was rejected by the provided RemoteCertificateValidationCallback.',
      '   at System.Net.Security.SslStream.SendAuthResetSignal(ProtocolToken message, ExceptionDispatchInfo exception)',
    ],
    expected: ['certificate-untrusted'],
  },
  {
    from: 'https://github.com/npgsql/npgsql/issues/5942',
    class: 'drivers',
    text: [
      'Npgsql.NpgsqlException (0x80004005): Exception while performing SSL handshake',
      ' ---> System.Security.Authentication.AuthenticationException: The remote certificate is invalid because of errors in the certificate chain: NotTimeValid',
    ],
    expected: ['certificate-expired'],
  },
  {
    from: 'https://github.com/risingwavelabs/risingwave/issues/16316',
    class: 'drivers',
    text: [
      'Executor error: Connector error: Postgres error: error performing TLS handshake: error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:ssl/statem/statem_clnt.c:1889:: unable to get local issuer certificate: error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:ssl/statem/statem_clnt.c:1889:;',
    ],
    expected: ['certificate-untrusted'],
  },
  {
    from: 'https://github.com/jbg/tokio-postgres-rustls/issues/23',
    class: 'which end wrote it',
    text: [
      'error performing TLS handshake: invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))',
      '2024-04-30 16:02:51.438 UTC [142] LOG:  could not accept SSL connection: sslv3 alert certificate unknown',
    ],
    expected: ['certificate-unsuitable'],
  },
  {
    from: 'https://github.com/t8y2/dbx/issues/1655',
    class: 'drivers',
    text: [
      'PostgreSQL connection failed: Error occurred while creating a new object: error performing TLS handshake: error performing TLS handshake: invalid peer certificate: Other(OtherError(UnsupportedCertVersion))',
    ],
    expected: ['certificate-unsuitable'],
  },
  {
    from: 'https://github.com/t8y2/dbx/issues/445',
    class: 'drivers',
    text: ['PostgreSQL connection failed: Error occurred while creating a new object: error performing TLS handshake'],
    expected: ['tls-handshake-failed'],
  },
  {
    from: 'https://github.com/prisma/orm/issues/23675',
    class: 'drivers',
    text: [
      'Error: P1011: Error opening a TLS connection: The message received was unexpected or badly formatted. (os error -2146893018)',
    ],
    expected: ['tls-handshake-failed'],
  },
  {
    from: 'https://github.com/AlphaNecron/Void/issues/10',
    class: 'drivers',
    text: [
      '  User `panel` was denied access on the database `panel.public`',
      '    at cb (/workspace/app/node_modules/@prisma/client/runtime/index.js:38741:17)',
      'DB Log',
      '2021-10-11 09:19:47.321 UTC [24] FATAL:  no pg_hba.conf entry for host "198.51.100.188", user "panel", database "panel", SSL off',
    ],
    expected: ['no-entry-without-tls'],
  },
  {
    from: 'https://github.com/prisma/orm/issues/20251',
    class: 'drivers',
    text: ['Error: P1010: User `johann` was denied access on the database `johann.public`'],
    expected: ['wording-unknown'],
  },
  {
    from: 'https://github.com/dwyl/auth/issues/180',
    class: 'drivers',
    text: [
      '20:05:21.753 [error] Postgrex.Protocol (#PID<0.367.0>) failed to connect: ** (Postgrex.Error) FATAL 28000 (invalid_authorization_specification) no pg_hba.conf entry for host "198.51.100.159", SSL off',
      '20:05:22.832 [error] Postgrex.Protocol (#PID<0.368.0>) failed to connect: ** (Postgrex.Error) FATAL 28000 (invalid_authorization_specification) no pg_hba.conf entry for host "198.51.100.159", SSL off',
    ],
    expected: ['no-entry-without-tls'],
  },
  {
    from: 'https://github.com/elixir-ecto/postgrex/issues/90',
    class: 'drivers',
    text: [
      '17:07:13.951 [error] GenServer #PID<0.515.0> terminating',
      '** (exit) %Postgrex.Error{message: nil, postgres: %{code: :invalid_authorization_specification, file: "auth.c", line: "474", message: "no pg_hba.conf entry for host \\"203.0.113.9\\", user \\"app\\", database \\"shop\\", SSL off", pg_code: "28000", routine: "ClientAuthentication", severity: "FATAL"}}',
    ],
    expected: ['no-entry-without-tls'],
  },
  {
    from: 'https://github.com/edgehog-device-manager/edgehog/issues/825',
    class: 'log formats',
    text: [
      'level=error ts=2025-04-16T09:22:06.010+00:00 msg="Postgrex.Protocol (#PID<0.151.0>) failed to connect: ** (Postgrex.Error) FATAL 28000 (invalid_authorization_specification) pg_hba.conf rejects connection for host \\"10.244.0.39\\", user \\"hog\\", database \\"hog\\", no encryption" module=DBConnection.Connection function=handle_event/4',
    ],
    expected: ['rejected-without-tls'],
  },
  {
    from: 'https://github.com/vernemq/vernemq/issues/1834',
    class: 'drivers',
    text: ['[warning] Could not connect to Postgresql due to invalid_authorization_specification'],
    expected: ['wording-unknown'],
  },
  {
    from: 'https://github.com/pentacent/keila/issues/460',
    class: 'drivers',
    text: [
      '[error] Postgrex.Protocol (#PID<0.402.0>) failed to connect: ** (DBConnection.ConnectionError) ssl connect: TLS client: In state wait_cert_cr at ssl_handshake.erl:2169 generated CLIENT ALERT: Fatal - Unknown CA - {:tls_alert, {:unknown_ca, ~c"TLS client"}}',
    ],
    expected: ['certificate-untrusted'],
  },
  {
    from: 'https://github.com/banbox/banbot/issues/88',
    class: 'translated messages',
    text: ['psql: 错误: 连接到"localhost" (::1)上的服务器，端口5432失败：致命错误:  用户 "postgres" Password 认证失败'],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/RestyaPlatform/board/issues/775',
    class: 'translated messages',
    text: [
      "++ psql -U postgres -c '\\q'",
      "psql: FATAL:  authentification peer échouée pour l'utilisateur « postgres »",
      "++ '[' 2 '!=' 0 ']'",
    ],
    expected: ['peer-failed'],
  },
  {
    from: 'https://github.com/IIC2143-2020-2/syllabus/issues/157',
    class: 'translated messages',
    text: ['PG::ConnectionBad: FATAL:  la autentificación password falló para el usuario «postgres»'],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/lymengg/spring-boilerplate/issues/65',
    class: 'drivers',
    text: [
      'SQL State  : 28P01',
      'Error Code : 0',
      'Message    : FATAL: password authentication failed for user "postgres"',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/t8y2/dbx/issues/6770',
    class: 'translated messages',
    text: [
      'PostgreSQL connection failed:         : û           "10.101.4.11",  û  "postgres",    ݿ  "postgres", no encryption    pg_hba.conf   ¼ (SQLSTATE 28000)',
    ],
    expected: ['wording-unknown'],
  },
  {
    from: 'https://github.com/2ndQuadrant/pglogical/issues/306',
    class: 'consequences and other processes',
    text: [
      'ERROR:  could not connect to the postgresql server in replication mode: FATAL:  no pg_hba.conf entry for replication connection from host "192.168.1.59", user "postgres", SSL on',
      'FATAL:  no pg_hba.conf entry for replication connection from host "192.168.1.59", user "postgres", SSL off',
    ],
    expected: ['no-entry-replication'],
  },
  {
    from: 'https://github.com/hapostgres/pg_auto_failover/pull/512',
    class: 'consequences and other processes',
    text: [
      '2021-01-12 00:07:09.339 UTC [16730] LOG:  replication terminated by primary server',
      '2021-01-12 00:07:09.346 UTC [16752] FATAL:  could not connect to the primary server: server closed the connection unexpectedly',
      '\t\tThis probably means the server terminated abnormally',
      '\t\tbefore or while processing the request.',
      '2021-01-12 00:07:14.345 UTC [16815] FATAL:  could not connect to the primary server: could not connect to server: Connection refused',
      '\t\tIs the server running on host "172.27.1.3" and accepting',
      '\t\tTCP/IP connections on port 5432?',
    ],
    expected: ['connection-refused'],
  },
  {
    from: 'https://github.com/hapostgres/pg_auto_failover/issues/6',
    class: 'evidence in the text or the file',
    text: [
      '03:39:15 ERROR pg_basebackup: could not connect to server: FATAL:  no pg_hba.conf entry for replication connection from host "10.1.19.4", user "replicator", SSL off',
      '03:39:15 ERROR Failed to run pg_basebackup: exit code 1',
    ],
    options: {
      major: 11,
      hba: 'local all all peer\nhost all monitor db.example.net scram-sha-256\nhost replication replicator db.example.net scram-sha-256\n',
    },
    expected: ['no-entry-replication'],
  },
  {
    from: 'https://github.com/EnterpriseDB/repmgr/issues/722',
    class: 'consequences and other processes',
    text: [
      '2021-12-15 03:46:31.041 GMT [415065] ERROR:  duplicate key value violates unique constraint "visitors_hash"',
      '2021-12-15 03:46:31.041 GMT [415065] DETAIL:  Key (user_hash)=(47acabe3) already exists.',
      '2021-12-15 03:46:31.041 GMT [415065] STATEMENT:  INSERT INTO "visitors" ("created") VALUES (\'password authentication failed\')',
      '2021-12-20 04:07:06.291 GMT [1881286] FATAL:  password authentication failed for user "admin"',
      '2021-12-20 04:07:06.291 GMT [1881286] DETAIL:  Role "admin" does not exist.',
      '        Connection matched pg_hba.conf line 8: "host     all              all       10.0.0.0/8    md5"',
      '2021-12-20 04:11:19.428 GMT [1882075] LOG:  unexpected EOF on client connection with an open transaction',
    ],
    expected: ['role-unknown-to-password'],
  },
  {
    from: 'https://github.com/CrunchyData/postgres-operator/issues/1637',
    class: 'drivers',
    text: [
      '[2] pry(main)> User.count',
      'ActiveRecord::NoDatabaseError: FATAL:  no pg_hba.conf entry for host "192.168.5.148", user "shop-user", database "shop", SSL off',
      '',
      "from /usr/src/app/vendor/bundle/create_connection.rb:42:in `rescue in postgis_connection'",
      'Caused by PG::ConnectionBad: FATAL:  no pg_hba.conf entry for host "192.168.5.148", user "shop-user", database "shop", SSL off',
    ],
    expected: ['no-entry-without-tls'],
  },
  {
    from: 'https://github.com/databasus/databasus/issues/722',
    class: 'ALPN, direct TLS, proxies',
    text: [
      'PostgreSQL SSL connection failed. The server may require SSL encryption or have SSL configuration issues. stderr: pg_dump: error: connection to server at "db.example.com" (203.0.113.48), port 5432 failed: SSL error: tlsv1 alert no application protocol',
    ],
    expected: ['proxy-terminates-tls'],
  },
  {
    from: 'https://github.com/mholt/caddy-l4/issues/256',
    class: 'ALPN, direct TLS, proxies',
    text: [
      '{"level":"error","ts":1729340050.662618,"logger":"caddy.listeners.layer4","msg":"handling connection","error":"tls: client requested unsupported application protocols ([postgresql])"}',
    ],
    expected: ['proxy-terminates-tls'],
  },
  {
    from: 'https://github.com/sipcapture/homer/issues/420',
    class: 'log formats',
    text: [
      '{"level":"error","msg":"pq: Ident authentication failed for user \\"postgres\\"","time":"2020-09-24T15:00:41Z"}',
      '{"level":"error","msg":"Couldn\'t establish connection. Please be sure you can have correct passwordpq: Ident authentication failed for user \\"postgres\\"","time":"2020-09-24T15:00:41Z"}',
      'panic: pq: Ident authentication failed for user "postgres"',
    ],
    expected: ['ident-failed'],
  },
  {
    from: 'https://github.com/brainsam/pgbouncer/issues/7',
    class: 'connection poolers',
    text: [
      'login attempt: db=shop user=app tls=no',
      'new connection to server (from 172.17.0.3:45586)',
      'WARNING TLS handshake error: handshake failed: error:27069065:OCSP routines:OCSP_basic_verify:certificate verify error',
      'closing because: server conn crashed? (age=0)',
    ],
    expected: ['pooler-server-unreachable'],
  },
  {
    from: 'https://github.com/pgbouncer/pgbouncer/issues/595',
    class: 'connection poolers',
    text: [
      '2021-05-14 03:10:12.536 UTC [1] LOG S-0x55d540d854b0: postgres/auth@unix:5432 new connection to server',
      '2021-05-14 03:10:12.540 UTC [1] LOG C-0x55d540d223b0: postgres/postgres@192.0.2.4:39743 login attempt: db=postgres user=postgres tls=no',
      '2021-05-14 03:10:12.540 UTC [1] LOG C-0x55d540d223b0: postgres/postgres@192.0.2.4:39743 closing because: login rejected (age=0s)',
      '2021-05-14 03:10:12.541 UTC [1] LOG S-0x55d540d854b0: postgres/auth@unix:5432 closing because: unclean server (age=0s)',
    ],
    expected: ['pooler-rejected'],
  },
  {
    from: 'https://github.com/pgbouncer/pgbouncer/issues/713',
    class: 'connection poolers',
    text: [
      '2022-05-06 09:03:35.891 UTC [2214202] DEBUG C-0x5592b2562380: (nodb)/(nouser)@192.0.2.46:33952 P: got connection: 192.0.2.46:33952 -> 192.0.2.46:44324',
      '2022-05-06 09:03:36.192 UTC [2214202] WARNING TLS handshake error: handshake failed: error:14094438:SSL routines:ssl3_read_bytes:tlsv1 alert internal error',
    ],
    expected: ['tls-handshake-failed'],
  },
  {
    from: 'https://github.com/dbeaver/dbeaver/issues/2859',
    class: 'which end wrote it',
    text: [
      'Could not read SSL key file C:\\Users\\Owner\\Desktop\\ssl\\postgresql.key.',
      '    extra data given to DerValue constructor',
    ],
    expected: ['client-key-refused'],
  },
  {
    from: 'https://github.com/dbeaver/dbeaver/issues/10899',
    class: 'drivers',
    text: [
      'SSL error: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
      '  PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
    ],
    expected: ['certificate-untrusted'],
  },
  {
    from: 'https://github.com/dbeaver/cloudbeaver/issues/1889',
    class: 'drivers',
    text: [
      'Connection failed:',
      'Loading the SSL root certificate /opt/app/security/root.cert into a TrustManager failed.',
      'java.security.cert.CertificateException: No certificate data found',
    ],
    expected: ['root-certificate-missing'],
  },
  {
    from: 'https://github.com/FreshPorts/freshports/issues/82',
    class: 'drivers',
    text: [
      'PHP message: PHP Warning:  pg_connect(): Unable to connect to PostgreSQL server: root certificate file "/nonexistent/.postgresql/root.crt" does not exist',
    ],
    expected: ['root-certificate-missing'],
  },
  {
    from: 'https://github.com/laravel/framework/issues/47319',
    class: 'consequences and other processes',
    text: [
      'SQLSTATE[08006] [7] connection to server at "db.example.com" (203.0.113.4), port 25060 failed: could not open certificate file "/root/.postgresql/postgresql.crt": Permission denied',
      'connection to server at "db.example.com" (203.0.113.4), port 25060 failed: FATAL: no pg_hba.conf entry for host "198.51.100.7", user "app", database "shop", no encryption (Connection: pgsql, SQL: insert into "jobs" ("queue"))',
    ],
    expected: ['client-key-refused'],
  },
  {
    from: 'https://github.com/NixOS/nixpkgs/issues/277488',
    class: 'drivers',
    text: [
      'connection to server on socket "/run/postgresql/.s.PGSQL.5432" failed: FATAL:  Peer authentication failed for user "git" (PG::ConnectionBad)',
    ],
    expected: ['peer-failed'],
  },
  {
    from: 'https://github.com/caktus/fabulaws/issues/101',
    class: 'ALPN, direct TLS, proxies',
    text: [
      'out: pg_dump: error: connection to server at "127.0.0.1", port 7432 failed: server offered SCRAM-SHA-256-PLUS authentication over a non-SSL connection',
    ],
    expected: ['proxy-terminates-tls'],
  },
  {
    from: 'https://github.com/ambarltd/pgt-proxy/issues/6',
    class: 'ALPN, direct TLS, proxies',
    text: [
      'psql: error: connection to server at "proxy.example.com" (203.0.113.6), port 5432 failed: FATAL:  SCRAM channel binding check failed',
    ],
    expected: ['proxy-terminates-tls'],
  },
  {
    from: 'https://github.com/petere/homebrew-postgresql/issues/51',
    class: 'ALPN, direct TLS, proxies',
    text: [
      'psql: error: could not connect to server: FATAL:  unsupported frontend protocol 1234.5679: server supports 2.0 to 3.0',
    ],
    expected: ['gss-tried-first'],
  },
  {
    from: 'https://github.com/prometheus-community/postgres_exporter/issues/231',
    class: 'drivers',
    text: [
      'Nov  8 10:52:30 db postgres_exporter: time="2018-11-08T10:52:30-05:00" level=info msg="Error opening connection to database (postgresql://monitoring:PASSWORD_REMOVED@localhost:5432/postgres?sslmode=disable): pq: unknown authentication response: 10" source="postgres_exporter.go:1030"',
    ],
    expected: ['client-too-old'],
  },
  {
    from: 'https://github.com/apecloud/kubeblocks/issues/6470',
    class: 'log formats',
    text: [
      '2024-01-17 03:47:23.379 GMT,,,1355951,"::1:49288",65a74dcb.14b0af,1,"",2024-01-17 03:47:23 GMT,,0,LOG,08P01,"invalid length of startup packet",,,,,,,,,""',
      '2024-01-17 03:47:33.378 GMT,,,1355955,"::1:37020",65a74dd5.14b0b3,1,"",2024-01-17 03:47:33 GMT,,0,LOG,08P01,"invalid length of startup packet",,,,,,,,,""',
    ],
    expected: ['not-postgresql'],
  },
  {
    from: 'https://github.com/ianlucas/cs2-inventory-simulator/issues/119',
    class: 'consequences and other processes',
    text: [
      '2024-10-18 00:17:14.487 UTC [207100] LOG:  invalid length of startup packet',
      '2024-10-18 00:18:15.995 UTC [207107] FATAL:  unsupported frontend protocol 65363.19778: server supports 3.0 to 3.0',
      '2024-10-18 00:18:31.751 UTC [207110] FATAL:  no PostgreSQL user name specified in startup packet',
      '2024-10-18 04:42:06.949 UTC [26] LOG:  checkpoint starting: time',
    ],
    expected: ['not-postgresql'],
  },
  {
    from: 'https://github.com/sclorg/postgresql-container/issues/195',
    class: 'consequences and other processes',
    text: ['LOG:  incomplete startup packet', 'LOG:  incomplete startup packet'],
    expected: ['not-postgresql'],
  },
  {
    from: 'https://github.com/bitnami/charts/issues/29490',
    class: 'which end wrote it',
    text: ['2024-09-18 03:53:21.920 GMT [2573] LOG:  could not receive data from client: Connection reset by peer'],
    expected: ['client-left'],
  },
  {
    from: 'https://github.com/patroni/patroni/issues/2919',
    class: 'consequences and other processes',
    text: [
      '2023-10-08 14:25:46 MSK [2283]: [3-1] LOG:  database system was not properly shut down; automatic recovery in progress',
      '2023-10-08 14:25:46 MSK [2284]: [1-1] api@api FATAL:  the database system is starting up',
      '2023-10-08 14:25:46 MSK [2285]: [1-1] postgres@postgres FATAL:  the database system is starting up',
      '2023-10-08 14:25:46 MSK [2285]: [2-1] postgres@postgres LOG:  could not send data to client: Broken pipe',
      '2023-10-08 14:25:46 MSK [2283]: [4-1] LOG:  redo starts at 18810/C679AC8',
    ],
    expected: ['server-starting'],
  },
  {
    from: 'https://github.com/flyway/flyway/issues/3146',
    class: 'drivers',
    text: [
      "2021-04-15 08:59:00,373 WARN  [io.agr.pool] (agroal-11) Datasource 'migration': The connection attempt failed.",
      '2021-04-15 08:59:00,374 WARN  [org.fly.cor.int.jdb.JdbcUtils] (Quarkus Main Thread) Connection error: The connection attempt failed. (Caused by connect timed out) Retrying in 1 sec...',
    ],
    expected: ['timed-out'],
  },
  {
    from: 'https://github.com/flyway/flyway-docker/issues/146',
    class: 'drivers',
    text: [
      "ERROR: Unable to obtain connection from database (jdbc:postgresql://db/shop?sslmode=require) for user 'postgres': The connection attempt failed.",
      'SQL State  : 08001',
      'Error Code : 0',
    ],
    expected: ['server-unreachable'],
  },
  {
    from: 'https://github.com/pgaudit/pgaudit_analyze/pull/23',
    class: 'log formats',
    text: [
      '2023-06-23 14:01:00.956 EDT,,,25987,"10.150.20.18:50840",6495dddc.6583,1,"",2023-06-23 14:01:00 EDT,,0,LOG,00000,"connection received: host=10.150.20.18 port=50840",,,,,,,,,"","not initialized",,0',
      '2023-06-23 14:01:01.217 EDT,"anna","test",25987,"10.150.20.18:50840",6495dddc.6583,2,"authentication",2023-06-23 14:01:00 EDT,22/235732,0,LOG,00000,"pam_authenticate failed: Authentication failure",,,,,,,,,"","client backend",,-8259055824528607182',
      '2023-06-23 14:01:01.217 EDT,"anna","test",25987,"10.150.20.18:50840",6495dddc.6583,3,"authentication",2023-06-23 14:01:00 EDT,22/235732,0,FATAL,28000,"PAM authentication failed for user ""anna""","Connection matched pg_hba.conf line 148: ""hostssl test             all             10.0.0.0/8         pam""",,,,,,,,"","client backend",,-8259055824528607182',
    ],
    expected: ['pam-failed'],
  },
  {
    from: 'https://github.com/greenplum-db/gpdb/pull/13844',
    class: 'drivers',
    text: [
      '2021-11-23 19:43:46.528 UTC [12654] app@shop LOG:  LDAP login failed for user "uid=app,ou=people,dc=example,dc=com" on server "192.0.2.82": Invalid credentials',
      '2021-11-23 19:43:46.528 UTC [12654] app@shop FATAL:  LDAP authentication failed for user "app"',
      '2021-11-23 19:43:46.528 UTC [12654] app@shop DETAIL:  Connection matched pg_hba.conf line 92: "hostssl all app 192.0.2.0/24 ldap ldapserver=192.0.2.82 ldapbasedn="ou=people,dc=example,dc=com""',
    ],
    expected: ['ldap-password-rejected'],
  },
  {
    from: 'https://github.com/dbeaver/dbeaver/issues/1737',
    class: 'drivers',
    text: [
      'GSS Authentication failed',
      '  GSS Authentication failed',
      '    Unable to obtain Principal Name for authentication ',
    ],
    expected: ['other-method-failed'],
  },
  {
    from: 'https://github.com/greenplum-db/gpdb/pull/11504',
    class: 'drivers',
    text: [
      '2021-02-24 07:35:34.060 UTC [50225] app@shop FATAL:  accepting GSS security context failed',
      '2021-02-24 07:35:34.060 UTC [50225] app@shop DETAIL:  Unspecified GSS failure.  Minor code may provide more information: Key table entry not found',
    ],
    expected: ['other-method-failed'],
  },
  {
    from: 'https://github.com/docker-library/postgres/issues/777',
    class: 'which end wrote it',
    text: [
      'waiting for server to start....2020-10-27 11:37:28.737 GMT [46] FATAL:  could not load private key file "/var/run/secrets/pg/certs/tls.key": Permission denied',
    ],
    expected: ['tls-setting-refused'],
  },
  {
    from: 'https://github.com/CypherpunkArmory/UserLAnd/issues/849',
    class: 'log formats',
    text: [
      'Error: /usr/lib/postgresql/11/bin/pg_ctl /usr/lib/postgresql/11/bin/pg_ctl start -D /var/lib/postgresql/11/main exited with status 1: 2019-05-25 10:37:14.452 UTC [24613] FATAL: private key file "/etc/ssl/private/ssl-cert-snakeoil.key" has group or world access 2019-05-25 10:37:14.452 UTC [24613] DETAIL: File must have permissions u=rw (0600) or less if owned by the database user, or permissions u=rw,g=r (0640) or less if owned by root. 2019-05-25 10:37:14.453 UTC [24613] LOG: database system is shut down pg_ctl: could not start server',
    ],
    expected: ['tls-setting-refused'],
  },
  {
    from: 'https://github.com/cloudnative-pg/cloudnative-pg/issues/8838',
    class: 'which end wrote it',
    text: [
      '{"level":"info","ts":"2026-09-10T08:00:00Z","logger":"postgres","msg":"record","logging_pod":"shop-2","record":{"log_time":"2026-09-10 08:00:00.100 UTC","process_id":"412","session_id":"6aa1.19c","error_severity":"FATAL","sql_state_code":"08006","message":"streaming replication receiver \\"shop-2\\" could not connect to the primary server: connection to server at \\"shop-rw\\" (10.0.0.5), port 5432 failed: private key file \\"/controller/certificates/streaming_replica.key\\" has group or world access; file must have permissions u=rw (0600) or less if owned by the current user, or permissions u=rw,g=r (0640) or less if owned by root","backend_type":"walreceiver","query_id":"0"}}',
    ],
    expected: ['client-key-refused'],
  },
  {
    from: 'https://github.com/kiasaki/docker-alpine-postgres/issues/19',
    class: 'log formats',
    text: [
      'postgres_1  | FATAL:  data directory "/var/lib/postgresql/data" has group or world access',
      'postgres_1  | DETAIL:  Permissions should be u=rwx (0700).',
    ],
    expected: ['data-directory-refused'],
  },
  {
    from: 'https://github.com/GoogleCloudPlatform/cloud-sql-proxy/issues/2334',
    class: 'managed services',
    text: [
      'psql: error: connection to server at "127.0.0.1", port 5433 failed: Connection refused',
      '\tIs the server running on that host and accepting TCP/IP connections?',
    ],
    expected: ['connection-refused'],
  },
  {
    from: 'https://github.com/GoogleCloudPlatform/cloud-sql-proxy/issues/2447',
    class: 'managed services',
    text: [
      'failed to connect to instance: Dial error: handshake failed (connection name = "shop:europe-west1:shop") tls: either ServerName or InsecureSkipVerify must be specified in the tls.Config',
    ],
    expected: ['pooler-server-unreachable'],
  },
  {
    from: 'https://github.com/Azure/azure-cli/issues/23769',
    class: 'managed services',
    text: [
      'ERROR: Unable to connect to flexible server: connection to server at "shop.postgres.database.azure.com" (10.194.1.4), port 5432 failed: FATAL:  password authentication failed for user "shop_admin"',
      'connection to server at "shop.postgres.database.azure.com" (10.194.1.4), port 5432 failed: FATAL:  no pg_hba.conf entry for host "10.192.253.4", user "shop_admin", database "postgres", no encryption',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/ory/hydra/issues/3762',
    class: 'managed services',
    text: [
      'time=2024-05-07T12:46:01+08:00 level=info msg=Retrying in 0.100000 seconds... audience=application error=map[message:failed to connect to `host=shop.postgres.database.azure.com user=hydra database=hydra`: server error (FATAL: no pg_hba.conf entry for host "198.51.100.7", user "hydra", database "hydra", no encryption (SQLSTATE 28000))] service_version=v2.2.0',
    ],
    expected: ['no-entry-without-tls'],
  },
  {
    from: 'https://github.com/serverpod/serverpod/issues/3110',
    class: 'drivers',
    text: [
      'Failed to connect to the database. Retrying in 10 seconds. Severity.fatal 28000: no pg_hba.conf entry for host "203.0.113.9", user "app", database "shop", no encryption.',
    ],
    expected: ['no-entry-without-tls'],
  },
  {
    from: 'https://github.com/render-oss/render-mcp-server/issues/6',
    class: 'managed services',
    text: ['FATAL: SSL/TLS required (SQLSTATE 28000)'],
    expected: ['pooler-requires-tls'],
  },
  {
    from: 'https://github.com/neondatabase/neon/issues/1685',
    class: 'managed services',
    text: [
      'psql: error: connection to server at "royal-bird-430583.cloud.stage.neon.tech" (203.0.113.62), port 5432 failed: ERROR:  password doesn\'t match',
      'connection to server at "royal-bird-430583.cloud.stage.neon.tech" (203.0.113.62), port 5432 failed: ERROR:  connection is insecure (try using `sslmode=require`)',
    ],
    expected: ['wrong-password'],
  },
  {
    from: 'https://github.com/neondatabase/pg_session_jwt/issues/26',
    class: 'managed services',
    text: [
      'psql: error: connection to server at "ep-one-two.eu-central-1.aws.neon.tech" (203.0.113.62), port 5432 failed: fe_sendauth: no password supplied',
    ],
    expected: ['no-password-given'],
  },
  {
    from: 'https://github.com/woodpeck/postpass-ops/issues/24',
    class: 'drivers',
    text: ['pq: remaining connection slots are reserved for roles with the SUPERUSER attribute'],
    expected: ['too-many-connections'],
  },
  {
    from: 'https://github.com/dipdup-io/dipdup/issues/245',
    class: 'startup parameters of the client',
    text: ['asyncpg.exceptions.ProtocolViolationError: unsupported startup parameter: search_path'],
    expected: ['pooler-parameter-refused'],
  },
  {
    from: 'https://github.com/databasus/databasus/issues/4',
    class: 'startup parameters of the client',
    text: [
      'pg_dump failed: exit status 1 – stderr: pg_dump: error: connection to server at "203.0.113.5", port 5432 failed: FATAL: unsupported options startup parameter: only \'-c config=val\' is allowed',
    ],
    expected: ['pooler-parameter-refused'],
  },
  {
    from: 'https://github.com/hangum/TadpoleForDBTools/issues/934',
    class: 'startup parameters of the client',
    text: [
      'com.hangum.tadpole.commons.exception.TadpoleSQLManagerException: org.apache.commons.dbcp.SQLNestedException: Cannot create PoolableConnectionFactory (ERROR: Unsupported startup parameter: extra_float_digits)',
    ],
    expected: ['pooler-parameter-refused'],
  },
  {
    from: 'https://github.com/pgbouncer/pgbouncer/issues/720',
    class: 'startup parameters of the client',
    text: [
      '2022-05-23 08:00:00.100 UTC [11] WARNING C-0x55d540d223b0: shop/app@192.0.2.4:39743 pooler error: invalid server parameter',
    ],
    expected: ['pooler-parameter-refused'],
  },
  {
    from: 'https://github.com/CrunchyData/postgres-operator/issues/3525',
    class: 'connection poolers',
    text: [
      '2023-07-20 13:10:51.184 UTC [7] LOG C-0x561fc3d0c400: shop/app@10.0.0.4:40360 login attempt: db=shop user=app tls=TLSv1.3/TLS_AES_256_GCM_SHA384',
      '2023-07-20 13:10:51.185 UTC [7] LOG C-0x561fc3d0c400: shop/app@10.0.0.4:40360 closing because: password authentication failed (age=0s)',
      '2023-07-20 13:10:51.185 UTC [7] WARNING C-0x561fc3d0c400: shop/app@10.0.0.4:40360 pooler error: password authentication failed',
    ],
    expected: ['pooler-password-refused'],
  },
  {
    from: 'https://github.com/supabase/postgres/pull/647',
    class: 'connection poolers',
    text: ['C-0xaaaac5e0a7d0: pgbouncer/pgbouncer@192.0.2.4:12345 password authentication failed'],
    expected: ['pooler-password-refused'],
  },
  {
    from: 'https://github.com/CrunchyData/postgres-operator/issues/3618',
    class: 'connection poolers',
    text: [
      'psql: error: FATAL:  pgbouncer cannot connect to server',
      'FATAL:  SSL required',
      '2023-03-27 16:23:39.121 UTC [7] WARNING server login failed: FATAL password authentication failed for user "_pgbouncer"',
      '2023-03-27 16:23:39.121 UTC [7] LOG S-0x563857eaa270: shop/_pgbouncer@10.108.4.74:5432 closing because: login failed (age=0s)',
      '2023-03-27 16:25:48.812 UTC [7] LOG C-0x563857e99850: shop/(nouser)@10.244.3.75:37722 closing because: pgbouncer cannot connect to server (age=0s)',
    ],
    expected: ['pooler-login-failed'],
  },
  {
    from: 'https://github.com/cloudnative-pg/cloudnative-pg/issues/7152',
    class: 'evidence in the text or the file',
    text: [
      '2025-03-20 08:00:00.100 UTC [99] app@shop LOG:  provided user name (app) and authenticated user name (cnpg_pooler_pgbouncer) do not match',
      '2025-03-20 08:00:00.100 UTC [99] app@shop FATAL:  certificate authentication failed for user "app"',
      '2025-03-20 08:00:00.100 UTC [99] app@shop DETAIL:  Connection matched file "/var/lib/postgresql/data/pgdata/pg_hba.conf" line 12: "hostssl all all all cert"',
    ],
    expected: ['map-does-not-fit'],
  },
  {
    from: 'https://github.com/shayonj/pg_easy_replicate/issues/16',
    class: 'consequences and other processes',
    text: [
      'Unable to bootstrap: PG::ConnectionBad: connection to server at "10.7.0.10", port 25432 failed: SSL error: certificate verify failed',
      'connection to server at "10.7.0.10", port 25432 failed: FATAL:  password authentication failed for user "pger"',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/TablePlus/TablePlus-Windows/issues/533',
    class: 'consequences and other processes',
    text: [
      'FATAL:  password authentication failed for user "app"',
      'FATAL:  no pg_hba.conf entry for host "203.0.113.158", user "app", database "shop", no encryption',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/kyleu/play-silhouette-postgres-async-seed/issues/2',
    class: 'drivers',
    text: [
      'GenericDatabaseException: ErrorMessage(fields=Map(Line -> 285, File -> auth.c, SQLSTATE -> 28P01, Routine -> auth_failed, Message -> password authentication failed for user "shop", Severity -> FATAL))',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/brianc/node-postgres/issues/1511',
    class: 'drivers',
    text: [
      'error: password authentication failed for user "postgres"',
      '    at Connection.parseE (/home/app/node_modules/pg/lib/connection.js:546:11)',
      "  severity: 'FATAL',",
      "  code: '28P01',",
      "  file: 'auth.c',",
      "  routine: 'auth_failed' }",
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/bitnami/bitnami-docker-postgresql/issues/333',
    class: 'consequences and other processes',
    text: [
      'db | 2022-03-16 09:00:21.387 CDT [73] FATAL:  no pg_hba.conf entry for host "[local]", user "postgres", database "postgres", SSL off',
      'db | postgresql 09:00:21.39 INFO  ==> Changing password of postgres',
      'db | 2022-03-16 09:00:21.427 CDT [78] FATAL:  password authentication failed for user "postgres"',
      'db | 2022-03-16 09:00:21.427 CDT [78] DETAIL:  User "postgres" has no password assigned.',
      'db |       Connection matched pg_hba.conf line 1: "host        all             all     10.0.0.0/8       md5"',
    ],
    expected: ['no-entry-socket', 'no-password-stored'],
  },
  {
    from: 'https://github.com/timescale/promscale/issues/1134',
    class: 'drivers',
    text: [
      'level=error ts=2022-02-09T10:27:43.426Z caller=runner.go:110 msg="aborting startup due to error" err="migration error: error getting DB connection: failed to connect to `host=db user=app database=app`: tls error (server refused TLS connection)"',
    ],
    expected: ['tls-not-offered'],
  },
  {
    from: 'https://cloud.google.com/sql/docs/postgres/logging',
    class: 'log formats',
    text: [
      '{"insertId":"a1","textPayload":"2024-05-01 10:00:00.123 UTC [4711]: [1-1] db=shop,user=app FATAL:  password authentication failed for user \\"app\\"","resource":{"type":"cloudsql_database","labels":{"database_id":"p:shop"}},"severity":"ALERT","logName":"projects/p/logs/cloudsql.googleapis.com%2Fpostgres.log"}',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-logging',
    class: 'log formats',
    text: [
      '{"category":"PostgreSQLLogs","operationName":"LogEvent","properties":{"timestamp":"2024-05-01 10:00:00.123 UTC","processId":4711,"errorLevel":"FATAL","sqlerrcode":"28P01","message":"2024-05-01 10:00:00 UTC-66321230.1267-FATAL:  password authentication failed for user \\"app\\"","detail":"Connection matched file \\"/datadrive/pg/data/pg_hba.conf\\" line 21: \\"hostssl all all all scram-sha-256\\""}}',
    ],
    expected: ['wrong-password'],
  },
  {
    from: 'https://github.com/supabase/supabase/issues/12435',
    class: 'log formats',
    text: [
      '{"event_message":"password authentication failed for user \\"postgres\\"","id":"a1","metadata":[{"host":"db-abc","parsed":[{"application_name":null,"backend_type":"client backend","connection_from":"203.0.113.160:58213","database_name":"postgres","detail":"Connection matched file \\"/etc/postgresql/pg_hba.conf\\" line 92: \\"host all all 10.0.0.0/8 scram-sha-256\\"","error_severity":"FATAL","process_id":258649,"session_id":"63eb.3f259","sql_state_code":"28P01","user_name":"postgres"}]}],"timestamp":1676350220893000}',
    ],
    expected: ['wrong-password'],
  },
  {
    from: 'https://github.com/Solinea/goldstone-server/issues/444',
    class: 'log formats',
    text: [
      'Apr  4 22:47:18 host-01 docker/db[1427]: waiting for server to start....FATAL:  data directory "/var/lib/postgresql/data" has group or world access',
      'Apr  4 22:47:18 host-01 docker/db[1427]: DETAIL:  Permissions should be u=rwx (0700).',
      'Apr  4 22:47:19 host-01 docker/db[1427]: stopped waiting',
      'Apr  4 22:47:19 host-01 docker/db[1427]: pg_ctl: could not start server',
    ],
    expected: ['data-directory-refused'],
  },
  {
    from: 'https://github.com/absmach/supermq-devops/issues/129',
    class: 'log formats',
    text: [
      '│ 2023-10-15 10:38:47.697 GMT [509] FATAL:  password authentication failed for user "postgres"                            │',
      '│ 2023-10-15 10:38:47.697 GMT [509] DETAIL:  Connection matched file "/opt/bitnami/postgresql/conf/pg_hba.conf" line 1: "host     all             all             10.0.0.0/8               md5"  │',
      '│ 2023-10-15 10:38:48.331 GMT [510] FATAL:  password authentication failed for user "postgres"                            │',
      '│ 2023-10-15 10:38:48.331 GMT [510] DETAIL:  Connection matched file "/opt/bitnami/postgresql/conf/pg_hba.conf" line 1: "host     all             all             10.0.0.0/8               md5"  │',
    ],
    expected: ['wrong-password'],
  },
  {
    from: 'https://github.com/sentry-kubernetes/charts/issues/154',
    class: 'log formats',
    text: [
      '│ shop-prod-postgresql 2020-09-14 16:50:12.081 GMT [1309] FATAL:  password authentication failed for user "postgres"         │',
      '│ shop-prod-postgresql 2020-09-14 16:50:12.081 GMT [1309] DETAIL:  Password does not match for user "postgres".              │',
      '│ shop-prod-postgresql     Connection matched pg_hba.conf line 1: "host     all             all             10.0.0.0/8               md5"   │',
    ],
    expected: ['wrong-password'],
  },
  {
    from: 'https://github.com/bitnami/charts/issues/9795',
    class: 'evidence in the text or the file',
    text: [
      '2022-04-13 19:54:02.552 GMT [601] FATAL:  password authentication failed for user "bn_key"',
      '2022-04-13 19:54:02.552 GMT [601] DETAIL:  Connection matched pg_hba.conf line 1: "host     all             all             10.0.0.0/8               md5"',
    ],
    expected: ['wrong-password'],
  },
  {
    from: 'https://github.com/pgautoupgrade/docker-pgautoupgrade/issues/21',
    class: 'drivers',
    text: [
      'Checking cluster versions                                     ok',
      '',
      'connection to server on socket "/var/run/postgresql/.s.PGSQL.50432" failed: fe_sendauth: no password supplied',
      'could not connect to source postmaster started with the command:',
    ],
    expected: ['no-password-given'],
  },
  {
    from: 'https://github.com/cloudnative-pg/cloudnative-pg/issues/9757',
    class: 'connection poolers',
    text: [
      '{"level":"info","ts":"2026-01-16T16:42:46.239711525Z","msg":"record","logger":"pgbouncer-manager","pipe":"stderr","record":{"timestamp":"2026-01-16 16:42:46.239 UTC","pid":"31","level":"LOG","msg":"S-0x562235097570: postgres/cnpg_pooler_pgbouncer@10.96.218.191:5432 SSL established: TLSv1.3/TLS_AES_256_GCM_SHA384"}}',
      '{"level":"info","ts":"2026-01-16T16:42:46.241735714Z","msg":"record","logger":"pgbouncer-manager","pipe":"stderr","record":{"timestamp":"2026-01-16 16:42:46.241 UTC","pid":"31","level":"ERROR","msg":"S: error in auth_query: ERROR: function public.user_search(unknown) does not exist"}}',
      '{"level":"info","ts":"2026-01-16T16:42:46.241755659Z","msg":"record","logger":"pgbouncer-manager","pipe":"stderr","record":{"timestamp":"2026-01-16 16:42:46.241 UTC","pid":"31","level":"LOG","msg":"S-0x562235097570: postgres/cnpg_pooler_pgbouncer@10.96.218.191:5432 closing because: error response from auth_query (age=0s)"}}',
    ],
    expected: ['pooler-auth-query-failed'],
  },
  {
    from: 'https://github.com/cloudnative-pg/cloudnative-pg/issues/263',
    class: 'connection poolers',
    text: [
      '{"level":"info","ts":1655279457.3450568,"msg":"record","pipe":"stderr","record":{"timestamp":"2022-06-15 07:50:57.344 UTC","pid":"16","level":"LOG","msg":"S-0x253bbb0: postgres/cnpg_pooler_pgbouncer@10.152.183.182:5432 new connection to server (from 10.1.0.4:40000)"}}',
      '{"level":"info","ts":1655279457.346074,"msg":"record","pipe":"stderr","record":{"timestamp":"2022-06-15 07:50:57.346 UTC","pid":"16","level":"WARNING","msg":"server login failed: FATAL role \\"cnpg_pooler_pgbouncer\\" does not exist"}}',
    ],
    expected: ['role-missing'],
  },
  {
    from: 'https://github.com/pgbouncer/pgbouncer/issues/586',
    class: 'connection poolers',
    text: ['psql: error: could not connect to server: ERROR:  no such user: app'],
    expected: ['pooler-user-unknown'],
  },
  {
    from: 'https://github.com/python-gino/gino/issues/428',
    class: 'drivers',
    text: [
      'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed certificate (_ssl.c:1051)',
    ],
    expected: ['certificate-untrusted'],
  },
  {
    from: 'https://github.com/sqlalchemy/sqlalchemy/issues/6275',
    class: 'startup parameters of the client',
    text: ["TypeError: connect() got an unexpected keyword argument 'sslmode'"],
    expected: ['client-option-unknown'],
  },
  {
    from: 'https://github.com/aegra/aegra/pull/409',
    class: 'startup parameters of the client',
    text: [
      'asyncpg.exceptions._base.ClientConfigurationError: `sslmode` parameter must be one of: disable, allow, prefer, require, verify-ca, verify-full',
    ],
    expected: ['client-option-unknown'],
  },
  {
    from: 'https://github.com/knex/knex/issues/516',
    class: 'drivers',
    text: [
      '{ [error: no pg_hba.conf entry for host "203.0.113.165", user "app", database "shop", SSL off]',
      "  name: 'error',",
      "  severity: 'FATAL',",
      "  code: '28000',",
      "  file: 'auth.c',",
      "  routine: 'ClientAuthentication' }",
    ],
    expected: ['no-entry-without-tls'],
  },
  {
    from: 'https://github.com/typeorm/typeorm/issues/278',
    class: 'drivers',
    text: ['"message": "no pg_hba.conf entry for host "xxx", user "xxx", database "xxx", SSL off"'],
    expected: ['no-entry-without-tls'],
  },
  {
    from: 'https://github.com/voicelab-org/labelit/issues/56',
    class: 'consequences and other processes',
    text: [
      '    [CRITICAL:2023-01-17 03:09:29.481] Uncaught exception: <class \'django.db.utils.OperationalError\'> could not translate host name "postgres" to address: Temporary failure in name resolution',
      '    [log.py:11,uncaught_exception_handler()]',
      'label-postgres-1  | 2023-01-17 03:16:29.413 UTC [1] FATAL:  database files are incompatible with server',
      'label-postgres-1  | 2023-01-17 03:16:29.413 UTC [1] DETAIL:  The data directory was initialized by PostgreSQL version 10, which is not compatible with this version 15.1.',
    ],
    expected: ['data-directory-of-another-version'],
  },
  {
    from: 'https://github.com/Cloud-CV/Fabrik/issues/530',
    class: 'drivers',
    text: ["django.db.utils.OperationalError: failed to resolve host 'db': [Errno -2] Name or service not known"],
    expected: ['name-not-found'],
  },
  {
    from: 'https://github.com/jackc/pgx/issues/934',
    class: 'drivers',
    text: ['"x509: cannot validate certificate for 203.0.113.58 because it doesn\'t contain any IP SANs"'],
    expected: ['certificate-name'],
  },
  {
    from: 'https://github.com/pgjdbc/pgjdbc/issues/3349',
    class: 'drivers',
    text: [
      'Caused by: sun.security.validator.ValidatorException: PKIX path validation failed: java.security.cert.CertPathValidatorException: Path does not chain with any of the trust anchors,  at java.base/sun.security.validator.PKIXValidator.doValidate(PKIXValidator.java:369)',
    ],
    expected: ['certificate-untrusted'],
  },
  {
    from: 'https://github.com/psycopg/psycopg2/issues/1543',
    class: 'drivers',
    text: [
      'sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server at "127.0.0.1", port 5432 failed: server certificate for "localhost" does not match host name "127.0.0.1"',
    ],
    expected: ['certificate-name'],
  },
  {
    from: 'https://github.com/supabase/pg-toolbelt/pull/88',
    class: 'drivers',
    text: ['tls: failed to verify certificate: x509: certificate is not standards compliant'],
    expected: ['certificate-unsuitable'],
  },
  {
    from: 'https://github.com/airbytehq/airbyte/issues/12771',
    class: 'log formats',
    text: [
      '2022-04-26 13:44:43 \u001b[44msource\u001b[0m > org.postgresql.util.PSQLException: FATAL: number of requested standby connections exceeds max_wal_senders (currently 1)',
      '2022-04-26 13:44:43 \u001b[44msource\u001b[0m > \tat org.postgresql.core.v3.ConnectionFactoryImpl.doAuthentication(ConnectionFactoryImpl.java:613) ~[postgresql-42.2.18.jar:42.2.18]',
    ],
    expected: ['too-many-connections'],
  },
  {
    from: 'https://github.com/bitnami/bitnami-docker-postgresql/issues/118',
    class: 'drivers',
    text: [
      "Error executing 'postInstallation': pg_basebackup: could not connect to server: FATAL:  must be superuser or replication role to start walsender",
      'pg_basebackup: removing contents of data directory "/opt/bitnami/postgresql/data"',
    ],
    expected: ['role-may-not-replicate'],
  },
  {
    from: 'https://github.com/zdavatz/oddb.org/issues/297',
    class: 'translated messages',
    text: [
      '2025-07-16 04:41:58.435 UTC [1219311] LOG:  schnelles Herunterfahren verlangt',
      '2025-07-16 04:41:58.438 UTC [1219311] LOG:  etwaige aktive Transaktionen werden abgebrochen',
      '2025-07-16 04:41:58.438 UTC [3251405] postgres@shop FATAL:  Verbindung wird abgebrochen aufgrund von Anweisung des Administrators',
    ],
    expected: ['session-terminated'],
  },
  {
    from: 'https://github.com/voxpelli/node-connect-pg-simple/issues/40',
    class: 'drivers',
    text: [
      'error: terminating connection due to administrator command',
      '    at Connection.parseE (/usr/src/app/node_modules/pg/lib/connection.js:539:11)',
    ],
    expected: ['session-terminated'],
  },
  {
    from: 'https://github.com/patroni/patroni/issues/1400',
    class: 'which end wrote it',
    text: [
      '2020-02-20 06:36:06.687 CST,,,10221,"10.172.0.2:39596",5e4db856.27ed,1,"",2020-02-20 06:36:06 CST,,0,LOG,08006,"could not receive data from client: Connection reset by peer",,,,,,,,,""',
      '2020-02-20 06:46:43.116 CST,,,11075,"10.172.0.2:41248",5e4dbad3.2b43,1,"",2020-02-20 06:46:43 CST,,0,LOG,08006,"could not receive data from client: Connection reset by peer",,,,,,,,,""',
    ],
    expected: ['client-left'],
  },
  {
    from: 'https://github.com/haproxy/haproxy/issues/1227',
    class: 'ALPN, direct TLS, proxies',
    text: [
      'psql: error: server closed the connection unexpectedly',
      '        This probably means the server terminated abnormally',
      '        before or while processing the request.',
    ],
    expected: ['closed-early'],
  },
  {
    from: 'https://github.com/loco-rs/loco/issues/1367',
    class: 'drivers',
    text: [
      'Error: DB(Conn(SqlxError(Database(PgDatabaseError { severity: Fatal, code: "28P01", message: "empty password returned by client", detail: None, hint: None, position: None, where: None, schema: None, file: Some("auth.c"), line: Some(762), routine: Some("recv_password_packet") }))))',
    ],
    expected: ['no-password-given'],
  },
  {
    from: 'https://github.com/serverpod/serverpod/issues/852',
    class: 'drivers',
    text: [
      'Failed to connect to the database. Retrying in 10 seconds. PostgreSQLSeverity.fatal 28P01: password authentication failed for user "postgres" ',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/atuinsh/atuin/issues/903',
    class: 'drivers',
    text: [
      'Error: failed to connect to db: postgres://atuin:secret@localhost/atuin',
      '',
      'Caused by:',
      '   0: error returned from database: password authentication failed for user "atuin"',
      '   1: password authentication failed for user "atuin"',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/denodrivers/postgres/issues/429',
    class: 'drivers',
    text: [
      "error: Uncaught PostgresError: password authentication failed for user 'anna'",
      '        throw new PostgresError(parseNoticeMessage(maybe_sasl_final));',
      '    at Connection.#authenticateWithSasl (https://deno.land/x/postgres@v0.16.1/connection/connection.ts:654:15)',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/docker-library/postgres/issues/343',
    class: 'consequences and other processes',
    text: [
      'postgres_1  | LOG:  invalid connection type "entication"',
      'postgres_1  | CONTEXT:  line 3 of configuration file "/var/lib/postgresql/data/pg_hba.conf"',
      'postgres_1  | FATAL:  could not load pg_hba.conf',
      'postgres_1  | LOG:  database system is shut down',
    ],
    expected: ['unknown-connection-type'],
  },
  {
    from: 'https://github.com/kartoza/docker-postgis/issues/97',
    class: 'startup parameters of the client',
    text: ['2021-03-16 08:00:00.100 UTC [1] LOG:  invalid value for parameter "password_encryption": "trust"'],
    expected: ['setting-refused'],
  },
  {
    from: 'https://github.com/risingwavelabs/risingwave/issues/7137',
    class: 'drivers',
    text: [
      'psql: error: connection to server at "localhost" (127.0.0.1), port 4566 failed: SSL SYSCALL error: EOF detected',
    ],
    expected: ['closed-early'],
  },
  {
    from: 'https://github.com/postgresql-interfaces/psqlodbc/issues/26',
    class: 'drivers',
    text: ['sslmode value "require" invalid when SSL support is not compiled in'],
    expected: ['client-without-tls'],
  },
  {
    from: 'https://github.com/msys2/MINGW-packages/issues/19851',
    class: 'consequences and other processes',
    text: [
      '2024-01-24 16:12:02.080 CET [31504] LOG:  could not accept SSL connection: An operation was attempted on something that is not a socket.',
      '2024-01-24 16:12:04.872 CET [12812] LOG:  server process (PID 31504) was terminated by exception 0xC0000374',
      '2024-01-24 16:12:04.884 CET [12812] LOG:  all server processes terminated; reinitializing',
    ],
    expected: ['server-crashed'],
  },
  {
    from: 'https://github.com/readysettech/readyset/issues/986',
    class: 'drivers',
    text: [
      'Password for user postgres: ',
      'psql: error: connection to server at "127.0.0.1", port 5433 failed: fe_sendauth: no password supplied',
    ],
    expected: ['no-password-given'],
  },
  {
    from: 'https://github.com/TablePlus/TablePlus/issues/3492',
    class: 'drivers',
    text: ['FATAL: canceling authentication due to timeout'],
    expected: ['authentication-timeout'],
  },
  {
    from: 'https://github.com/aws/aws-advanced-jdbc-wrapper/issues/908',
    class: 'managed services',
    text: [
      'Caused by: org.postgresql.util.PSQLException: FATAL: PAM authentication failed for user "batch_user"',
      '\tat org.postgresql.core.v3.ConnectionFactoryImpl.doAuthentication(ConnectionFactoryImpl.java:698) ~[postgresql-42.7.2.jar:42.7.2]',
    ],
    expected: ['pam-failed'],
  },
  {
    from: 'https://github.com/warp-tech/warpgate/issues/1906',
    class: 'drivers',
    text: [
      'INFO  PostgreSQL: Target connection upgraded to TLS',
      'ERROR Session failed error=remote error: ErrorResponse {',
      '  fields: [',
      '    (83, "FATAL"),',
      '    (67, "28000"),',
      '    (77, "PAM authentication failed"),',
      '    (70, "auth.c"),',
      '    (82, "auth_failed")',
      '  ]',
      '}',
    ],
    expected: ['pam-failed'],
  },
  {
    from: 'https://github.com/haines/pg-aws_rds_iam/issues/582',
    class: 'consequences and other processes',
    text: [
      'PG::ConnectionBad: connection to server at "203.0.113.7", port 1234 failed: FATAL:  PAM authentication failed for user "app" (PG::ConnectionBad)',
      'connection to server at "203.0.113.7", port 1234 failed: FATAL:  pg_hba.conf rejects connection for host "198.51.100.8", user "app", database "shop", no encryption',
    ],
    expected: ['pam-failed'],
  },
  {
    from: 'https://github.com/aws/aws-toolkit-jetbrains/issues/3525',
    class: 'log formats',
    text: [
      '< HTTP/1.1 403 Forbidden',
      '2023-03-17 08:19:37 UTC:10.0.0.4(50249):iamuser/dbuser@postgres:[4319]:LOG: pam_authenticate failed: Permission denied',
      '2023-03-17 08:19:37 UTC:10.0.0.4(50249):iamuser/dbuser@postgres:[4319]:FATAL: PAM authentication failed for user "iamuser/dbuser"',
    ],
    expected: ['pam-failed'],
  },
  {
    from: 'https://github.com/rust-postgres/rust-postgres/issues/1108',
    class: 'drivers',
    text: [
      "thread 'main' panicked at src/bin/rds_test.rs:32:51:",
      'called `Result::unwrap()` on an `Err` value: Error { kind: Db, cause: Some(DbError { severity: "FATAL", parsed_severity: Some(Fatal), code: SqlState(E28000), message: "pg_hba.conf rejects connection for host \\"198.51.100.224\\", user \\"app\\", database \\"shop\\", no encryption", detail: None, hint: None, file: Some("auth.c"), line: Some(482), routine: Some("ClientAuthentication") }) }',
    ],
    expected: ['rejected-without-tls'],
  },
  {
    from: 'https://github.com/opencontext/arches-via-docker/issues/6',
    class: 'evidence in the text or the file',
    text: [
      'Error response from daemon: driver failed programming external connectivity on endpoint shop (209353b2): failed to bind port 0.0.0.0:5432/tcp: Error starting userland proxy: listen tcp4 0.0.0.0:5432: bind: address already in use',
    ],
    expected: ['address-in-use'],
  },
  {
    from: 'https://github.com/docker-library/postgres/issues/492',
    class: 'drivers',
    text: [
      'Error: Error connecting to the server: FATAL:  password authentication failed for user "postgres"',
      'FATAL:  password authentication failed for user "postgres"',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/FlipperPA/django-pg-copy/pull/6',
    class: 'drivers',
    text: [
      'pg_dump: error: connection to server at "myhost" (10.0.0.1), port 5432 failed: Connection timed out',
      '        Is the server running on that host and accepting TCP/IP connections?',
    ],
    expected: ['timed-out'],
  },
  {
    from: 'https://github.com/Kloadut/dokku-pg-plugin/issues/66',
    class: 'drivers',
    text: [
      'pg_dump: [archiver (db)] connection to database "db" failed: server closed the connection unexpectedly',
      'This probably means the server terminated abnormally before or while processing the request.',
    ],
    expected: ['closed-early'],
  },
  {
    from: 'https://github.com/hantsy/spring-puzzles/issues/3',
    class: 'log formats',
    text: [
      '2022-01-03T16:33:31.759013+00:00 app[web.1]: FATAL: no pg_hba.conf entry for host "198.51.100.24", user "app", database "shop", SSL off (28000)',
      '2022-01-03T16:33:31.760013+00:00 app[web.1]: at io.vertx.pgclient.impl.codec.ErrorResponse.toException(ErrorResponse.java:29)',
    ],
    expected: ['no-entry-without-tls'],
  },
  {
    from: 'https://github.com/opendatadiscovery/odd-platform/issues/1702',
    class: 'drivers',
    text: [
      'org.springframework.dao.DataAccessResourceFailureException: Failed to obtain R2DBC Connection',
      'Caused by: io.r2dbc.postgresql.ExceptionFactory$PostgresqlAuthenticationFailure: [28000] no pg_hba.conf entry for host "10.0.0.9", user "odd", database "odd", no encryption',
    ],
    expected: ['no-entry-without-tls'],
  },
  {
    from: 'https://github.com/pgjdbc/r2dbc-postgresql/issues/286',
    class: 'drivers',
    text: ['Server support for SSL connection is disabled, but client was configured with SSL mode verify-full'],
    expected: ['tls-not-offered'],
  },
  {
    from: 'https://github.com/eclipse-vertx/vertx-sql-client/pull/215',
    class: 'drivers',
    text: ['Postgres Server does not handle SSL connection'],
    expected: ['tls-not-offered'],
  },
  {
    from: 'https://github.com/GoogleCloudPlatform/cloud-sql-jdbc-socket-factory/issues/1719',
    class: 'drivers',
    text: [
      'io.r2dbc.postgresql.PostgresqlConnectionFactory$PostgresConnectionException: [08003] Cannot connect to 192.0.2.102/<unresolved>:3307',
    ],
    expected: ['server-unreachable'],
  },
  {
    from: 'https://github.com/patroni/patroni/issues/951',
    class: 'consequences and other processes',
    text: [
      'pg_basebackup: error: could not connect to server: FATAL:  password authentication failed for user "replicator"',
      '2020-04-12 16:14:14,909 ERROR: Error when fetching backup: pg_basebackup exited with code=1',
      "2020-04-12 16:14:14,909 ERROR: failed to bootstrap from leader 'node-postgres-3'",
      '2020-04-12 21:59:38,330 INFO: no action.  i am the leader with the lock',
      '2020-04-12 21:59:38 UTC [14847]: [1-1] 5e938f4a.39ff 0 [unknown] [unknown] [unknown] 10.0.0.5 LOG:  connection received: host=10.0.0.5 port=44592',
      '2020-04-12 21:59:38 UTC [14847]: [2-1] 5e938f4a.39ff 0 [unknown] replicator [unknown] 10.0.0.5 FATAL:  password authentication failed for user "replicator"',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/patroni/patroni/issues/758',
    class: 'log formats',
    text: [
      'Jul 31 17:25:05 app-02 patroni: pg_basebackup: could not connect to server: FATAL:  password authentication failed for user "replicator"',
      'Jul 31 17:25:05 app-02 patroni: password retrieved from file "/tmp/pgpass"',
      'Jul 31 17:25:05 app-02 patroni: 2018-07-31 17:25:05,066 ERROR: Error when fetching backup: pg_basebackup exited with code=1',
    ],
    expected: ['password-refused'],
  },
  {
    from: 'https://github.com/autobase-tech/autobase/issues/69',
    class: 'consequences and other processes',
    text: [
      'Oct 15 00:57:23 node02 patroni: psycopg2.OperationalError: could not connect to server: Connection refused',
      'Oct 15 00:57:23 node02 patroni: Is the server running on host "localhost" (::1) and accepting',
      'Oct 15 00:57:23 node02 patroni: TCP/IP connections on port 5432?',
      'Oct 15 00:57:23 node02 patroni: FATAL:  no pg_hba.conf entry for replication connection from host "127.0.0.1", user "replicator", SSL off',
    ],
    expected: ['no-entry-replication'],
  },
  {
    from: 'https://github.com/autobase-tech/autobase/issues/113',
    class: 'log formats',
    text: [
      "Aug 19 07:54:53 vm-2 patroni: 2021-08-19 07:54:53,368 INFO: trying to bootstrap from leader 'node01'",
      'Aug 19 07:54:53 vm-2 patroni: pg_basebackup: error: FATAL:  no pg_hba.conf entry for replication connection from host "10.101.100.11", user "replicator", SSL off',
      'Aug 19 07:54:53 vm-2 patroni: 2021-08-19 07:54:53,397 ERROR: Error when fetching backup: pg_basebackup exited with code=1',
    ],
    expected: ['no-entry-replication'],
  },
  {
    from: 'https://github.com/microsoft/aspire/issues/6205',
    class: 'drivers',
    text: ["Npgsql.NpgsqlException: 'No password has been provided but the backend requires one (in cleartext)'"],
    expected: ['no-password-given'],
  },
  {
    from: 'https://github.com/npgsql/npgsql/issues/1362',
    class: 'drivers',
    text: [
      '[11/15/2016 19:17:45 > 82555f: ERR ] Unhandled Exception: Npgsql.NpgsqlException: Exception while reading from stream ---> System.IO.EndOfStreamException: Attempted to read past the end of the stream.',
    ],
    expected: ['closed-early'],
  },
  {
    from: 'https://github.com/npgsql/npgsql/issues/1623',
    class: 'drivers',
    text: [
      'System.IO.IOException: Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host.',
    ],
    expected: ['closed-early'],
  },
];
