import type { TargetPage } from '../page.ts';

export const fail2banPage: TargetPage = {
  id: 'fail2ban',
  title: 'fail2ban',
  summary: 'Bans an address from the port of PostgreSQL for a time after too many failed or refused logins.',
  does: [
    'Finds the address in log_line_prefix, over IPv4 and IPv6, from the log file of Debian or the journal.',
    'Believes only entries of the unit of the server in the journal, whatever others call themselves.',
    'Never bans the server itself, nor a bastion through which many people come.',
  ],
  doesNot: [
    'Stop guesses that come from many addresses: long passwords, certificates and closed networks do.',
    'See failures at a bastion or proxy, behind which PostgreSQL sees one address for everyone.',
    'Watch the replicas: there it has to be set up by hand.',
    'Follow a log file whose name changes with the day, as packages of the RHEL family have it.',
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
    {
      text: 'The journal drops entries of a service that writes too many: see RateLimitIntervalSec and RateLimitBurst.',
      source: {
        title: 'systemd, journald.conf',
        url: 'https://www.freedesktop.org/software/systemd/man/latest/journald.conf.html',
      },
    },
  ],
};
