import type { TargetPage } from '../page.ts';

export const fail2banPage: TargetPage = {
  id: 'fail2ban',
  title: 'fail2ban',
  summary: 'Bans an address from the port of PostgreSQL for a time after too many failed or refused logins.',
  does: [
    'Finds the address in log_line_prefix, over IPv4 and IPv6, from a log file or the journal.',
    'Never bans the server itself, nor a bastion through which many people come.',
  ],
  doesNot: [
    'Stop guesses that come from many addresses: long passwords, certificates and closed networks do.',
    'See failures at a bastion or proxy, behind which PostgreSQL sees one address for everyone.',
  ],
  undo: [
    'Remove both postern-postgresql.conf under /etc/fail2ban and restart fail2ban, which lifts its bans when it stops.',
    'Lift one ban: fail2ban-client set postern-postgresql unbanip ADDRESS.',
  ],
  pitfalls: [
    {
      text: 'log_line_prefix decides what a line tells: %h is the address of the client, %u and %d are the names that it gave.',
      source: {
        title: 'PostgreSQL, Error Reporting and Logging',
        url: 'https://www.postgresql.org/docs/current/runtime-config-logging.html',
      },
    },
  ],
};
