import { sh, shWord } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { fixOnServer, psqlTo, rulesInFile } from '../command.ts';

/** The name of an operating system account (`useradd(8)`): nothing that sudo reads as a number. */
const ACCOUNT = /^[a-z_][a-z0-9_-]*$/;

export const peerFailed: Cause = {
  id: 'peer-failed',
  layer: 'method',
  title: 'The operating system account and the role have different names',
  explanation:
    'The rule uses peer: over the Unix socket, the operating system account must have the same name as the role. No password is requested.',
  fix: "Run the client as that account (`sudo -u postgres psql`), connect over TCP with `-h 127.0.0.1` where a host rule requires a password, or change this one local rule to scram-sha-256. Don't use trust, which lets every account on the host connect as any role.",
  commands: ({ host: _host, port: _port, ...facts }) => [
    rulesInFile(facts, 'peer'),
    ...(facts.role !== undefined && ACCOUNT.test(facts.role)
      ? [fixOnServer(sh`sudo -u ${shWord(facts.role)} ${psqlTo(facts)}`)]
      : []),
  ],
  check: "From the operating system account with the role's name, `psql` connects over the socket without a password.",
  otherwise: 'Over TCP with an ident rule, the message is `Ident authentication failed for user`.',
  couldBe: [],
  wordings: ['Peer authentication failed'],
  examples: ['FATAL:  Peer authentication failed for user "postgres"'],
  references: [
    { title: 'PostgreSQL manual, Peer Authentication', url: 'https://www.postgresql.org/docs/current/auth-peer.html' },
    {
      title: 'PostgreSQL manual, User Name Maps',
      url: 'https://www.postgresql.org/docs/current/auth-username-maps.html',
    },
  ],
};
