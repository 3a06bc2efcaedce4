import type { Cause } from '../cause.ts';

export const poolerMethodRefused: Cause = {
  id: 'pooler-method-refused',
  layer: 'method',
  title: "The connection pooler doesn't support the client's authentication method",
  explanation:
    "Amazon RDS Proxy accepts a password with SCRAM or MD5, or an IAM token over TLS. The client sent neither, for example no password at all. PostgreSQL wasn't asked.",
  fix: "Give the client the role's password, or, if the proxy requires IAM, a new token and sslmode=verify-full. Update a driver that doesn't know SCRAM.",
  check: 'The client connects through the proxy.',
  otherwise:
    'If the proxy has no secret for the role, the message is `This RDS proxy has no credentials for the role`.',
  couldBe: [],
  wordings: ['RDS Proxy supports only IAM'],
  examples: ['FATAL:  RDS Proxy supports only IAM, MD5, or SCRAM authentication.'],
  references: [
    {
      title: 'Amazon RDS user guide, Troubleshooting for RDS Proxy',
      url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.troubleshooting.html',
    },
  ],
};
