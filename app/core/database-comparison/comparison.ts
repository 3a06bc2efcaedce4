import { type Document, manual, type Sourced, vendor } from '../source.ts';

/** The products that are compared, each in the release that is current for new servers. */
export const PRODUCTS = ['PostgreSQL 18', 'MySQL 8.4', 'SQL Server 2022'] as const;
export type Product = (typeof PRODUCTS)[number];

/** What one product does, with the location in its vendor's documentation. */
export interface Cell extends Sourced<Document> {
  readonly product: Product;
}

/** One question, answered for each product in the order of PRODUCTS. */
export interface Comparison {
  readonly id: string;
  readonly title: string;
  readonly cells: readonly Cell[];
}

/** A common misconception, with the correction. */
export interface Rumour {
  readonly said: string;
  readonly truth: Sourced<Document>;
}

const postgres = (page: string, title: string) => manual(page, title, 18);
const mysql = (page: string, title: string) =>
  vendor(`MySQL 8.4 manual, ${title}`, `https://dev.mysql.com/doc/refman/8.4/en/${page}.html`);
const microsoft = (page: string, title: string) =>
  vendor(`Microsoft Learn, ${title}`, `https://learn.microsoft.com/en-us/sql/${page}?view=sql-server-ver16`);

const tls = {
  postgres: postgres('ssl-tcp', 'Secure TCP/IP Connections with SSL'),
  mysql: mysql('using-encrypted-connections', 'Configuring MySQL to Use Encrypted Connections'),
  mysqlFiles: mysql('creating-ssl-rsa-files-using-mysql', 'Creating SSL and RSA Certificates and Keys using MySQL'),
  sqlServer: microsoft('relational-databases/security/networking/tds-8', 'TDS 8.0'),
};
const networkProtocols = microsoft(
  'database-engine/configure-windows/default-sql-server-network-protocol-configuration',
  'Default SQL Server network protocol configuration',
);
const cachingSha2 = mysql('caching-sha2-pluggable-authentication', 'Caching SHA-2 Pluggable Authentication');
const nativePassword = vendor(
  'MySQL source documentation, Native Authentication',
  'https://dev.mysql.com/doc/dev/mysql-server/8.0.44/page_protocol_connection_phase_authentication_methods_native_password_authentication.html',
);
const createUser = mysql('create-user', 'CREATE USER Statement');
const createLogin = microsoft('t-sql/statements/create-login-transact-sql', 'CREATE LOGIN');

const row = (id: string, title: string, answers: Readonly<Record<Product, Sourced<Document>>>): Comparison => ({
  id,
  title,
  cells: PRODUCTS.map((product) => ({ product, ...answers[product] })),
});

/** PostgreSQL compared with other databases: how each handles access, according to its own manual. */
export const comparison: readonly Comparison[] = [
  row('encryption', 'Transport encryption', {
    'PostgreSQL 18': {
      text: "TLS 1.2 and later, off until ssl = on is set and a certificate and key exist; Debian packages enable it with a certificate that clients can't verify. hostssl rules can then require it per client. The client requests TLS first, or from version 17 on can use direct TLS (sslnegotiation=direct). GSSAPI encryption is an alternative to TLS.",
      source: tls.postgres,
    },
    'MySQL 8.4': {
      text: "TLS 1.2 and 1.3, available without configuration: at its first start the server creates a CA and certificates of its own. MySQL clients use TLS where they can (PREFERRED) and don't verify the server unless configured to. To require it, set require_secure_transport, which is off by default, or REQUIRE SSL for an account.",
      source: tls.mysql,
    },
    'SQL Server 2022': {
      text: 'The first messages are unencrypted; then the login is sent through TLS, even if the data after it is not. The server or the client can require encryption for everything. With TDS 8.0, new in 2022, TLS comes before anything else (Encrypt=strict), the certificate is always verified, and TLS 1.3 is possible.',
      source: tls.sqlServer,
    },
  }),
  row('password', 'Password authentication', {
    'PostgreSQL 18': {
      text: "SCRAM-SHA-256 by default: the password is never sent, the server proves that it knows the stored secret too, and over TLS the proof can be bound to the channel, so a machine in the middle can't use it. MD5 still works, is deprecated, and produces a warning when it is set.",
      source: postgres('auth-password', 'Password Authentication'),
    },
    'MySQL 8.4': {
      text: "caching_sha2_password by default: MySQL stores a salted SHA-256 hash, and a client whose hash is in the server's cache answers a challenge. Otherwise the password itself is sent, which requires TLS or the server's RSA key. mysql_native_password is available but disabled.",
      source: cachingSha2,
    },
    'SQL Server 2022': {
      text: "For SQL logins, the password itself is sent inside the encrypted login. There is no challenge, so anyone who can impersonate the server to a client that doesn't verify it gets the password. Windows logins are confirmed by Windows, with Kerberos, and SQL Server asks for no password; they are the default, and Microsoft calls them much more secure.",
      source: microsoft('relational-databases/security/choose-an-authentication-mode', 'Choose an authentication mode'),
    },
  }),
  row('rules', 'Access rules by network', {
    'PostgreSQL 18': {
      text: 'pg_hba.conf: ordered rules with connection type, database, role, source network and authentication method. The first matching rule decides, and a connection that no rule matches is rejected.',
      source: postgres('auth-pg-hba-conf', 'The pg_hba.conf File'),
    },
    'MySQL 8.4': {
      text: "Part of the account: 'app'@'10.0.1.0/255.255.255.0', with a name, address or wildcard as host; a whole network by netmask or prefix only for IPv4. The most specific matching host determines the account, with its own password and privileges. There are no connection rules by database, and no reject.",
      source: mysql('account-names', 'Specifying Account Names'),
    },
    'SQL Server 2022': {
      text: 'None of its own. A packet filter controls who can reach the port. A logon trigger can end a session based on its address, after the login was accepted, and a mistake in one can lock everyone out.',
      source: microsoft('relational-databases/triggers/logon-triggers', 'Logon triggers'),
    },
  }),
  row('certificates', 'Client certificates', {
    'PostgreSQL 18': {
      text: 'As the only authentication (method cert), where the common name or the whole subject is the role or is mapped to it; or in addition to any other method with clientcert=verify-full. Only over TLS.',
      source: postgres('auth-cert', 'Certificate Authentication'),
    },
    'MySQL 8.4': {
      text: 'Per account: REQUIRE X509 requires any certificate that the CA signed, REQUIRE SUBJECT and REQUIRE ISSUER a specific one. It is required in addition to the password, which can be empty.',
      source: createUser,
    },
    'SQL Server 2022': {
      text: 'Not for logging in. A login can be created from a certificate, but it is only for signing code, and nobody can connect with it.',
      source: createLogin,
    },
  }),
  row('network', 'Default network configuration', {
    'PostgreSQL 18': {
      text: "Port 5432, on localhost only: listen_addresses = 'localhost'. With an empty value, only the local socket is available. Container images listen on all addresses.",
      source: postgres('runtime-config-connection', 'Connections and Authentication'),
    },
    'MySQL 8.4': {
      text: 'Port 3306, on every IPv4 and IPv6 address: bind_address is *, though some packages set 127.0.0.1.',
      source: mysql('ipv6-server-config', 'Configuring the MySQL Server to Permit IPv6 Connections'),
    },
    'SQL Server 2022': {
      text: 'On Windows, TCP/IP is enabled in Enterprise, Standard, Web and Evaluation, and disabled in Developer and Express. Shared memory, for local connections, is enabled in all of them.',
      source: networkProtocols,
    },
  }),
];

export const rumours: readonly Rumour[] = [
  {
    said: 'MySQL has no encryption unless you set it up.',
    truth: {
      text: "The server creates certificates at its first start and offers TLS from then on. By default it doesn't require TLS, and clients don't verify the server.",
      source: tls.mysqlFiles,
    },
  },
  {
    said: 'Only PostgreSQL can authenticate clients by certificate.',
    truth: { text: "MySQL requires one with REQUIRE X509, SUBJECT or ISSUER. SQL Server can't.", source: createUser },
  },
  {
    said: 'MySQL sends passwords as an unsalted hash.',
    truth: {
      text: 'It never did. mysql_native_password answers a random challenge from the server; only the hash that the server stores is unsalted. The default since 8.0 stores a salted SHA-256 hash and answers a challenge, or sends the password inside TLS.',
      source: nativePassword,
    },
  },
  {
    said: 'MySQL has no rules by host.',
    truth: {
      text: 'The host is half of every account name, with addresses, wildcards, and netmasks for IPv4. MySQL lacks an order of rules and a reject.',
      source: mysql('connection-access', 'Access Control, Stage 1: Connection Verification'),
    },
  },
  {
    said: 'SQL Server sends the login unencrypted unless encryption is forced.',
    truth: {
      text: 'Only the first messages, before the login, are unencrypted. The login is encrypted; what follows may not be.',
      source: tls.sqlServer,
    },
  },
  {
    said: 'PostgreSQL is encrypted by default.',
    truth: {
      text: 'ssl is off in PostgreSQL itself; some packages turn it on. And sslmode=prefer, the default of libpq, continues unencrypted if the server has no TLS.',
      source: postgres('libpq-ssl', 'SSL Support'),
    },
  },
];
