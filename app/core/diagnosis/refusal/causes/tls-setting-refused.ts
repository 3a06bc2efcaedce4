import { sh, shWord } from '../../../quote/sh.ts';
import { sql } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, checkOnServer, reload } from '../command.ts';

export const tlsSettingRefused: Cause = {
  id: 'tls-setting-refused',
  layer: 'tls',
  title: "The server couldn't set up TLS",
  explanation: 'A TLS setting or file prevents the start, or makes a reload keep the previous TLS configuration.',
  fix: "Fix the setting or the file that the line names, and test with `postgres -D DIR -C ssl` before a restart. The key must belong to the server's account with mode 0600, or to root with 0640.",
  commands: ({ keyFile }) => [
    checkInPsql(sql`SELECT name, setting FROM pg_settings WHERE name LIKE 'ssl%';`),
    ...(keyFile === undefined ? [] : [checkOnServer(sh`sudo ls -l ${shWord(keyFile)}`)]),
    reload,
  ],
  check: "The server starts, and the log after a reload doesn't say `SSL configuration was not reloaded`.",
  otherwise:
    "If the server's own TLS settings are right and one client fails, the line is `could not accept SSL connection`.",
  couldBe: [],
  wordings: [
    'could not set SSL protocol version range',
    'ECDH: unrecognized curve name',
    'could not open DH parameters file',
    'could not set group names specified in ssl_groups',
    'could not set the TLSv1.3 cipher suites',
    'could not set the cipher list',
    'could not load server certificate file',
    'could not load private key file',
    'could not access private key file',
    'private key file "server.key" has group or world access',
    'private key file "…" must be owned by the database user or root',
    'could not load root certificate file',
    'could not load SSL certificate revocation list',
    'check of private key failed',
    '"ssl_min_protocol_version" cannot be higher than "ssl_max_protocol_version"',
    'Ensure that each group name is spelled correctly',
  ],
  examples: [
    'FATAL:  could not set SSL protocol version range',
    'FATAL:  ECDH: unrecognized curve name: X25519:prime256v1',
    'FATAL:  could not load server certificate file "server.crt": No such file or directory',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Secure TCP/IP Connections with SSL',
      url: 'https://www.postgresql.org/docs/current/ssl-tcp.html',
    },
  ],
};
