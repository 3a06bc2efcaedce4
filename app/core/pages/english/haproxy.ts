import type { TargetPage } from '../page.ts';

export const haproxyPage: TargetPage = {
  id: 'haproxy',
  title: 'HAProxy on the bastion',
  summary: 'The bastion passes the bytes of named networks on to PostgreSQL, and cannot read them.',
  does: [
    'TLS, passwords and client certificates go from client to PostgreSQL, end to end.',
    'Networks that no client of the plan has are cut off before a byte is read.',
  ],
  doesNot: [
    'Tell PostgreSQL where a client stands: it sees the address of the bastion.',
    'Hold a role to its network: HAProxy reads no role.',
    'Check the health of the server: with one server nothing would be decided by it.',
  ],
  undo: ['sudo bash bastion/haproxy-undo.sh'],
  pitfalls: [
    {
      text: 'pg_hba.conf must name the address of the machine that makes the connection; the first record that matches decides.',
      source: {
        title: 'PostgreSQL, The pg_hba.conf File',
        url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
      },
    },
  ],
};
