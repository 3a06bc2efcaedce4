import type { Sourced } from '../pages/page.ts';

/** The products that are compared, each in the release that is current for new servers. */
export const PRODUCTS = ['PostgreSQL 18', 'MySQL 8.4', 'SQL Server 2022'] as const;
export type Product = (typeof PRODUCTS)[number];

/** What one product does, with the place where its makers say so. */
export interface Cell extends Sourced {
  readonly product: Product;
}

/** One question, answered for each product in the order of PRODUCTS. */
export interface Comparison {
  readonly id: string;
  readonly title: string;
  readonly cells: readonly Cell[];
}

/** Something that is often read and is not so, with what is. */
export interface Rumour {
  readonly said: string;
  readonly truth: Sourced;
}

const postgres = (page: string, title: string) => ({
  title: `PostgreSQL 18 manual, ${title}`,
  url: `https://www.postgresql.org/docs/18/${page}.html`,
});
const mysql = (page: string, title: string) => ({
  title: `MySQL 8.4 manual, ${title}`,
  url: `https://dev.mysql.com/doc/refman/8.4/en/${page}.html`,
});
const microsoft = (page: string, title: string) => ({
  title: `Microsoft Learn, ${title}`,
  url: `https://learn.microsoft.com/en-us/sql/${page}?view=sql-server-ver16`,
});

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
const createUser = mysql('create-user', 'CREATE USER Statement');
const createLogin = microsoft('t-sql/statements/create-login-transact-sql', 'CREATE LOGIN');

const row = (id: string, title: string, answers: Readonly<Record<Product, Sourced>>): Comparison => ({
  id,
  title,
  cells: PRODUCTS.map((product) => ({ product, ...answers[product] })),
});

/** PostgreSQL beside others: what each does about the ways in, as its own manual says. */
export const comparison: readonly Comparison[] = [
  row('encryption', 'Encryption on the wire', {
    'PostgreSQL 18': {
      text: 'TLS 1.2 and later, off until ssl = on and a certificate and key are there; packages for Debian turn it on with one that nobody can check. hostssl records then demand it, client by client. The client asks first, or from 17 on begins with TLS at once (sslnegotiation=direct). GSSAPI can encrypt instead of TLS.',
      source: tls.postgres,
    },
    'MySQL 8.4': {
      text: 'TLS 1.2 and 1.3, offered without a setting: at its first start the server makes an authority and certificates of its own. Clients of MySQL use it where they can (PREFERRED) and do not check the server until told to. It is demanded by require_secure_transport, which is off, or for an account by REQUIRE SSL.',
      source: tls.mysql,
    },
    'SQL Server 2022': {
      text: 'The first words are in clear text; then the login goes through TLS, also where the data after it does not. The server or the client can demand it for everything. With TDS 8.0, new in 2022, TLS comes before anything else (Encrypt=strict), the certificate is always checked, and TLS 1.3 is possible.',
      source: tls.sqlServer,
    },
  }),
  row('password', 'How a password is proven', {
    'PostgreSQL 18': {
      text: 'SCRAM-SHA-256 by default: the password never crosses the wire, the server proves that it knows the secret too, and over TLS the proof can be bound to the channel, so that nobody in between can use it. MD5 still works, is deprecated, and warns when it is set.',
      source: postgres('auth-password', 'Password Authentication'),
    },
    'MySQL 8.4': {
      text: 'caching_sha2_password by default: a salted SHA-256 secret is stored, and a client whose secret is in the cache of the server answers a challenge. Else the password itself is sent, which needs TLS, or the RSA key of the server. mysql_native_password is there, and off.',
      source: cachingSha2,
    },
    'SQL Server 2022': {
      text: 'For SQL logins the password itself is sent inside the encrypted login; there is no challenge, so whoever can pose as the server, and is not checked, has it. Windows logins are confirmed by Windows, with Kerberos, and SQL Server asks for no password; they are the default, and Microsoft calls them much more secure.',
      source: microsoft('relational-databases/security/choose-an-authentication-mode', 'Choose an authentication mode'),
    },
  }),
  row('rules', 'Rules by network', {
    'PostgreSQL 18': {
      text: 'pg_hba.conf: records of connection type, database, role, network and method, in order. The first that matches decides, and what no record matches is refused.',
      source: postgres('auth-pg-hba-conf', 'The pg_hba.conf File'),
    },
    'MySQL 8.4': {
      text: "Part of the account: 'app'@'10.0.1.0/255.255.255.0', with a name, address or wildcard as host; a whole network by netmask or prefix only in IPv4. The most specific host that matches is the account, with its own password and rights. There are no rules by database at the door, and no reject.",
      source: mysql('account-names', 'Specifying Account Names'),
    },
    'SQL Server 2022': {
      text: 'None of its own. A packet filter decides who reaches the port. A logon trigger can end a session by its address, after the login was accepted, and a mistake in one can lock everybody out.',
      source: microsoft('relational-databases/triggers/logon-triggers', 'Logon triggers'),
    },
  }),
  row('certificates', 'Client certificates', {
    'PostgreSQL 18': {
      text: 'As the only proof (method cert), where the common name or the whole subject is the role or is mapped to it; or beside any other method with clientcert=verify-full. Only over TLS.',
      source: postgres('auth-cert', 'Certificate Authentication'),
    },
    'MySQL 8.4': {
      text: 'For each account: REQUIRE X509 asks for any certificate that the authority signed, REQUIRE SUBJECT and REQUIRE ISSUER for a certain one. It comes beside the password, which may be empty.',
      source: createUser,
    },
    'SQL Server 2022': {
      text: 'Not for logging in. A login can be made from a certificate, but it only signs code, and nobody can connect with it.',
      source: createLogin,
    },
  }),
  row('network', 'Network as installed', {
    'PostgreSQL 18': {
      text: "Port 5432, on localhost only: listen_addresses = 'localhost'. An empty value leaves the local socket alone. Container images listen everywhere.",
      source: postgres('runtime-config-connection', 'Connections and Authentication'),
    },
    'MySQL 8.4': {
      text: 'Port 3306, on every address of both families: bind_address is *, though some packages set 127.0.0.1.',
      source: mysql('ipv6-server-config', 'Configuring the MySQL Server to Permit IPv6 Connections'),
    },
    'SQL Server 2022': {
      text: 'On Windows TCP/IP is on in Enterprise, Standard, Web and Evaluation, and off in Developer and Express. Shared memory, a local way in, is on in all of them.',
      source: networkProtocols,
    },
  }),
];

export const rumours: readonly Rumour[] = [
  {
    said: 'MySQL has no encryption unless one sets it up.',
    truth: {
      text: 'The server makes certificates at its first start and offers TLS from then on. What it does not do by default is demand it, or let clients check whom they talk to.',
      source: tls.mysqlFiles,
    },
  },
  {
    said: 'Only PostgreSQL can log in clients by certificate.',
    truth: { text: 'MySQL asks for one with REQUIRE X509, SUBJECT or ISSUER. SQL Server cannot.', source: createUser },
  },
  {
    said: 'MySQL sends passwords as an unsalted hash.',
    truth: {
      text: 'That was mysql_native_password. The default since 8.0 stores a salted SHA-256 secret and answers a challenge, or sends the password inside TLS.',
      source: cachingSha2,
    },
  },
  {
    said: 'MySQL has no rules by host.',
    truth: {
      text: 'The host is half of every account name, with addresses, wildcards, and netmasks for IPv4. What it lacks is an order of rules and a reject.',
      source: mysql('connection-access', 'Access Control, Stage 1: Connection Verification'),
    },
  },
  {
    said: 'SQL Server sends the login in clear text unless encryption is forced.',
    truth: {
      text: 'Only the first words, before the login, are in clear text. The login is encrypted; it is what follows that may be in clear.',
      source: tls.sqlServer,
    },
  },
  {
    said: 'PostgreSQL is encrypted by default.',
    truth: {
      text: 'ssl is off in PostgreSQL itself; some packages turn it on. And sslmode=prefer, the default of libpq, goes on in clear when the server has no TLS.',
      source: postgres('libpq-ssl', 'SSL Support'),
    },
  },
];
