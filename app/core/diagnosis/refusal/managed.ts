import type { Reference } from '../../audit/rule.ts';

/** What to say about one cause where the service, and not the user, writes pg_hba.conf and the firewall. */
interface Advice {
  readonly explanation: string;
  readonly fix: string;
  readonly check: string;
  readonly otherwise: string;
}

/** A managed PostgreSQL service. Its users can't edit pg_hba.conf. */
export interface ManagedService {
  readonly id: string;
  readonly name: string;
  /** By cause; what is not here is the same as on a server of one's own. */
  readonly advice: Readonly<Record<string, Advice>>;
  readonly reference: Reference;
}

const same = (ids: readonly string[], advice: Advice): Readonly<Record<string, Advice>> =>
  Object.fromEntries(ids.map((id) => [id, advice]));

const WITHOUT_TLS = ['no-entry-without-tls', 'rejected-without-tls'] as const;
const NO_RULE = ['no-entry', 'no-entry-ipv6', 'no-entry-replication', 'rejected-by-record'] as const;

const tlsOnly = (name: string, setting: string, authority: string): Advice => ({
  explanation: `The client connected without TLS, and ${name} accepts only TLS (${setting}). pg_hba.conf belongs to the service and can't be edited.`,
  fix: `Set sslmode=verify-full in the client, with ${authority} as its root certificate. Don't turn the requirement off.`,
  check: 'The client connects with sslmode=verify-full.',
  otherwise:
    'If the service rejects the client with TLS as well, the message ends in `SSL encryption` (before 14: `SSL on`).',
});

/** The services that a text can show. */
export const SERVICES: readonly (ManagedService & { readonly recognized: RegExp })[] = [
  {
    id: 'rds',
    name: 'Amazon RDS or Aurora',
    recognized: /\.rds\.amazonaws\.com\b|\brdsadmin\b|\brds_iam\b|\brds[._]/i,
    advice: {
      ...same(
        WITHOUT_TLS,
        tlsOnly('Amazon RDS', 'rds.force_ssl = 1, the default since PostgreSQL 15', "Amazon's CA bundle"),
      ),
      ...same(NO_RULE, {
        explanation:
          "Amazon RDS writes pg_hba.conf itself, and it can't be edited. With TLS in use, the rejection is about the user or the database: rdsadmin is reserved, and replication needs the role rds_replication.",
        fix: "Check the user and the database name in the connection string. To restrict or allow addresses, edit the inbound rules of the DB instance's security group.",
        check: 'The client connects to the database with a role of your own.',
        otherwise:
          "If the security group doesn't allow the address, the client gets no message from PostgreSQL and reports `Connection timed out`.",
      }),
      'pam-failed': {
        explanation:
          'The role is a member of rds_iam, so Amazon RDS accepts only an IAM token for it. The client sent a password, or a token that is expired or for another host, port, user or region.',
        fix: 'Connect over TLS with a new token: `aws rds generate-db-auth-token --hostname HOST --port 5432 --username USER`. To use a password instead, `REVOKE rds_iam FROM` the role.',
        check: 'The client connects within 15 minutes after the token was generated.',
        otherwise:
          "If the role isn't a member of rds_iam, Amazon RDS compares a password, and the message is `password authentication failed`.",
      },
      'timed-out': {
        explanation:
          "The client's packets were dropped: no inbound rule of the instance's security group allows them, or the instance is in a private subnet.",
        fix: "Add an inbound rule for TCP and the instance's port to its security group, for the client's address or security group only. From outside the VPC, use a VPN or a bastion rather than making the instance public.",
        check: 'The client connects, or it gets a message from PostgreSQL.',
        otherwise:
          'If the packets reach the instance and no rule allows the client, the message is `no pg_hba.conf entry`.',
      },
    },
    reference: {
      title: 'Amazon RDS user guide, Connecting to a PostgreSQL DB instance',
      url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ConnectToPostgreSQLInstance.html',
    },
  },
  {
    id: 'azure',
    name: 'Azure Database for PostgreSQL',
    recognized: /\.postgres\.database\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)\b|\bazure_pg_admin\b/i,
    advice: {
      ...same(
        WITHOUT_TLS,
        tlsOnly(
          'Azure Database for PostgreSQL',
          'require_secure_transport = on, the default',
          'the root certificates that its documentation names',
        ),
      ),
      ...same(NO_RULE, {
        explanation:
          "Azure reports a client that its firewall doesn't allow with this message. pg_hba.conf belongs to the service and can't be edited.",
        fix: "In the portal, open *Networking* of the server and add a firewall rule from and to the client's public address, the one in the message. With private access, connect from the virtual network instead.",
        check: 'The client connects a few minutes after the firewall rule was saved.',
        otherwise:
          'With private access, a client outside the virtual network gets no message from PostgreSQL and reports `Connection timed out`.',
      }),
      'timed-out': {
        explanation:
          "The server has private access (virtual network integration or a private endpoint), or port 5432 is blocked on the way out of the client's network.",
        fix: 'Connect from the virtual network or over its VPN, and check that the name resolves to the private address there.',
        check: 'On the client, `getent ahosts NAME` prints the private address, and the client connects.',
        otherwise:
          "With public access, a client that the firewall rules don't allow gets the message `no pg_hba.conf entry`.",
      },
    },
    reference: {
      title: 'Azure Database for PostgreSQL, Firewall rules',
      url: 'https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-firewall-rules',
    },
  },
  {
    id: 'cloud-sql',
    name: 'Cloud SQL for PostgreSQL',
    recognized: /\bcloudsql(?:admin|superuser|iam\w*)?\b|cloud[ _-]sql/i,
    advice: {
      ...same(
        WITHOUT_TLS,
        tlsOnly(
          'Cloud SQL',
          "the instance's SSL mode is ENCRYPTED_ONLY or TRUSTED_CLIENT_CERTIFICATE_REQUIRED",
          "the instance's server CA",
        ),
      ),
      ...same(NO_RULE, {
        explanation: "Cloud SQL writes pg_hba.conf itself, and it can't be edited.",
        fix: "Check the user and the database name. Allow a client by the instance's authorized networks, or better connect through the Cloud SQL Auth Proxy.",
        check: 'The client connects to the database.',
        otherwise:
          'If no authorized network contains the address, the client gets no message from PostgreSQL and reports `Connection timed out`.',
      }),
      'timed-out': {
        explanation:
          "No authorized network of the instance contains the client's public address, or the instance has only a private address.",
        fix: "Connect through the Cloud SQL Auth Proxy, or add the client's address (/32) to the authorized networks.",
        check: 'The client connects, or it gets a message from PostgreSQL.',
        otherwise:
          'If the packets reach the instance and TLS is missing, the message is `no pg_hba.conf entry` or `pg_hba.conf rejects connection`.',
      },
    },
    reference: {
      title: 'Cloud SQL for PostgreSQL, Configure SSL/TLS',
      url: 'https://cloud.google.com/sql/docs/postgres/configure-ssl-instance',
    },
  },
  {
    id: 'supabase',
    name: 'Supabase',
    recognized: /\.supabase\.(?:co|com)\b|\bsupavisor\b|\btenant or user not found\b/i,
    advice: {
      ...same([...WITHOUT_TLS, ...NO_RULE], {
        explanation:
          "Supabase writes pg_hba.conf itself, and it can't be edited. It rejects addresses by the project's network restrictions, and unencrypted clients if SSL enforcement is on.",
        fix: 'Set sslmode=verify-full with the CA that the dashboard offers, and check *Network Restrictions* in the database settings of the project.',
        check: 'The client connects with sslmode=verify-full.',
        otherwise: 'If the user or the project is wrong, the pooler says `Tenant or user not found`.',
      }),
      ...same(['name-not-found', 'no-route', 'no-ipv6-route'], {
        explanation:
          "A project's direct host, db.PROJECT_REF.supabase.co, has only an IPv6 address unless the project has the IPv4 add-on, and this client's network has no IPv6.",
        fix: "Use the connection pooler's host from the dashboard: session mode on port 5432 behaves like a direct connection and has IPv4.",
        check: 'On the client, `getent ahosts NAME` prints an IPv4 address of the pooler, and the client connects.',
        otherwise:
          'If the client has IPv6, the direct host answers, and a wrong password gives `password authentication failed`.',
      }),
    },
    reference: {
      title: 'Supabase documentation, Connect to your database',
      url: 'https://supabase.com/docs/guides/database/connecting-to-postgres',
    },
  },
  {
    id: 'neon',
    name: 'Neon',
    recognized:
      /\.neon\.(?:tech|build)\b|connection is insecure \(try using `?sslmode=require|Endpoint ID is not specified/i,
    advice: {
      ...same([...WITHOUT_TLS, ...NO_RULE], {
        explanation:
          "Neon writes pg_hba.conf itself, and it can't be edited. It accepts only TLS, and only the addresses of the project's IP allowlist if there is one.",
        fix: 'Set sslmode=verify-full in the client, and check *IP Allow* in the settings of the project.',
        check: 'The client connects with sslmode=verify-full.',
        otherwise: "If the client's library sends no SNI, the message is `Endpoint ID is not specified`.",
      }),
    },
    reference: {
      title: 'Neon documentation, Connection errors',
      url: 'https://neon.com/docs/connect/connection-errors',
    },
  },
];

/** The service that host names or words of a text belong to. */
export const serviceIn = (text: string): ManagedService | undefined =>
  SERVICES.find(({ recognized }) => recognized.test(text));
