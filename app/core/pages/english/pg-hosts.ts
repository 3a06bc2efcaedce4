import { file, manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const proof = test('e2e/server/proofs/hosts-file.test.ts');
const rollout = test('e2e/lab/rollout/host-certificates.test.ts');

export const hostsPage: TargetPage = {
  id: 'pg-hosts',
  title: 'pg_hosts.conf',
  summary: 'Which certificate a client gets, by the host name that it connects to (PostgreSQL 19 and later).',
  does: [
    ...says(
      proof,
      "Has a line for each certificate of further host names, and a last line (*) with the server's own certificate for every other name, for IP addresses and for clients without SNI. Nobody is rejected for the name that they send.",
      'Has the CA of client certificates on each line, because the server does not use ssl_ca_file while this file has entries. ssl_crl_file still applies.',
    ),
    ...says(
      rollout,
      'apply.sh sets ssl_sni, and hosts_file where the configuration directory is not the data directory. It compares the certificate of each name before you confirm.',
      'apply.sh stops if the present file has lines that Postern did not write.',
    ),
  ],
  doesNot: [
    ...says(
      test('e2e/server/proofs/hosts-file.test.ts'),
      'Match patterns: names are compared as a whole, and *.example.com matches no client. List each name; several names can have the same wildcard certificate.',
    ),
    ...says(
      proof,
      'Decrypt keys: ssl_passphrase_command is not used for keys in this file, and a key with a passphrase keeps the server from reading it.',
    ),
    ...says(
      file('app/core/bundle/postgres/hosts.ts'),
      'Issue certificates: they and their keys are on the server already. One certificate that contains all names needs no such file.',
    ),
    ...says(
      file('app/core/bundle/replica/files.ts'),
      'Apply to replicas: each presents its own certificate to every client.',
    ),
  ],
  undo: says(
    rollout,
    'sudo bash database-server/apply.sh --undo. On macOS and Windows, restore pg_hosts.conf.before-postern or remove the file, and restart.',
  ),
  pitfalls: says(
    manual('ssl-tcp', 'Secure TCP/IP Connections with SSL'),
    'No view shows the file, only the server log: a reload with an error keeps the previous certificates.',
  ),
};
