import type { Cause } from '../cause.ts';

export const channelBinding: Cause = {
  id: 'channel-binding',
  layer: 'method',
  title: 'The client insists on channel binding and cannot have it',
  explanation: 'channel_binding=require needs TLS and scram-sha-256 with a SCRAM secret at both ends.',
  fix: 'Use sslmode=verify-full, and set the password of the role again where its secret is still md5. A proxy that ends TLS makes channel binding impossible.',
  couldBe: [],
  wordings: ['channel binding required', 'channel binding is required'],
  examples: [
    'channel binding required, but SSL not in use',
    "channel binding required but not supported by server's authentication request",
    'channel binding is required, but server did not offer an authentication method that supports channel binding',
  ],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
  ],
};
