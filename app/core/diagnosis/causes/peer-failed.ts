import type { Cause } from '../cause.ts';

export const peerFailed: Cause = {
  id: 'peer-failed',
  layer: 'method',
  title: 'The name of the operating system account is not the role',
  explanation:
    'The record asks for peer: over the Unix socket, the account of the operating system must have the same name as the role. No password is asked.',
  fix: 'Run the client as that account (`sudo -u postgres psql`), connect over TCP with `-h 127.0.0.1` where a host record asks for a password, or change this one local record to scram-sha-256. Not to trust, which lets every account of the machine be any role.',
  couldBe: [],
  wordings: ['Peer authentication failed for user "…"'],
  examples: ['FATAL:  Peer authentication failed for user "postgres"'],
  references: [
    { title: 'PostgreSQL manual, Peer Authentication', url: 'https://www.postgresql.org/docs/current/auth-peer.html' },
    {
      title: 'PostgreSQL manual, User Name Maps',
      url: 'https://www.postgresql.org/docs/current/auth-username-maps.html',
    },
  ],
};
