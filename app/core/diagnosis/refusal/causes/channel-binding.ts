import type { Cause } from '../cause.ts';
import { newPassword, storedPassword } from '../command.ts';

export const channelBinding: Cause = {
  id: 'channel-binding',
  layer: 'method',
  title: "The client requires channel binding, which isn't available",
  explanation: 'channel_binding=require needs TLS, scram-sha-256, and a SCRAM hash stored for the role.',
  fix: 'Use sslmode=verify-full. If the role still has an MD5 hash, set its password again. A proxy that terminates TLS makes channel binding impossible.',
  commands: (facts) => [...storedPassword(facts), ...newPassword(facts)],
  check: 'The client connects with channel_binding=require.',
  otherwise:
    'If the client restricts the method with require_auth, the message is `authentication method requirement "…" failed`.',
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
