import type { Reference } from '../rule.ts';

export const HOSTS_MANUAL: Reference = {
  title: 'PostgreSQL manual, Secure TCP/IP Connections with SSL',
  url: 'https://www.postgresql.org/docs/current/ssl-tcp.html',
};
