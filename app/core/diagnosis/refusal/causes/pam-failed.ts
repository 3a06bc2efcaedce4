import { sql, sqlLiteral } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, rulesInFile } from '../command.ts';

export const pamFailed: Cause = {
  id: 'pam-failed',
  layer: 'method',
  title: 'PAM rejected the user',
  explanation:
    'The rule that matched requires PAM, and the PAM service rejected what the client sent. Amazon RDS and Aurora use PAM for IAM authentication: there the role is a member of rds_iam, and only an IAM token is accepted, not a password.',
  fix: 'On Amazon RDS or Aurora: connect with a token from `aws rds generate-db-auth-token` (valid for 15 minutes, over TLS), or revoke rds_iam from the role to use its password. On a server of your own: read the server log and the log of the PAM service (/etc/pam.d/postgresql).',
  commands: (facts) => [
    rulesInFile(facts, 'pam'),
    ...(facts.role === undefined
      ? []
      : [
          checkInPsql(
            sql`SELECT roleid::regrole AS member_of FROM pg_auth_members`,
            sql`  WHERE member = (SELECT oid FROM pg_roles WHERE rolname = ${sqlLiteral(facts.role)});`,
          ),
        ]),
  ],
  check:
    'The client connects: on Amazon RDS with a token that is less than 15 minutes old, elsewhere with the password of the PAM service.',
  otherwise: 'If the rule requires a password that PostgreSQL stores, the message is `password authentication failed`.',
  couldBe: [
    {
      what: 'The role is a member of rds_iam, and the client sent a password or an expired token',
      tell: 'The host name ends in rds.amazonaws.com, and `\\du` shows rds_iam.',
    },
    {
      what: 'The PAM service on your server rejects the user',
      tell: 'The server log has `pam_authenticate failed`, and pg_hba.conf has a rule with the method pam.',
    },
  ],
  wordings: ['PAM authentication failed', 'pam_authenticate failed'],
  examples: ['FATAL:  PAM authentication failed for user "app"', 'pq: PAM authentication failed for user "app"'],
  references: [
    {
      title: 'Amazon RDS user guide, IAM database authentication',
      url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html',
    },
    { title: 'PostgreSQL manual, PAM Authentication', url: 'https://www.postgresql.org/docs/current/auth-pam.html' },
  ],
};
