import { HOSTS_SINCE, hostsEntryFor } from '../../postgres/hosts/hosts.ts';
import { atHosts, type HostsRule } from '../rule.ts';
import { HOSTS_MANUAL } from './manual.ts';

export const hostsLockOut: HostsRule = {
  id: 'hosts-lock-out',
  severity: 'high',
  title: 'pg_hosts.conf rejects clients without a host name',
  why: 'A client that connects by IP address sends no name in the TLS handshake, and neither does libpq with sslsni=0 or before version 14. With neither /no_sni/ nor * in pg_hosts.conf, the server rejects each of them during the handshake, including monitoring, proxies and standbys.',
  wrong: 'orders.example.com orders.crt orders.key',
  right: 'orders.example.com orders.crt orders.key\n/no_sni/ server.crt server.key',
  references: [HOSTS_MANUAL],
  *check({ hosts, major }) {
    if (major < HOSTS_SINCE || hostsEntryFor(hosts, null) !== 'rejected') return;
    yield atHosts(
      undefined,
      'Every client that connects by IP address is rejected. Add a line for /no_sni/, or one for * that also serves all other names.',
    );
  },
};
