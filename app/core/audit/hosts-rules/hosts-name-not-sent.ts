import { numericAddress } from '../../postgres/hba/address.ts';
import { HOSTS_SINCE, namesOf } from '../../postgres/hosts/hosts.ts';
import { atHosts, type HostsRule } from '../rule.ts';
import { HOSTS_MANUAL } from './manual.ts';

export const hostsNameNotSent: HostsRule = {
  id: 'hosts-name-not-sent',
  severity: 'medium',
  title: 'pg_hosts.conf has a name that no client sends',
  why: 'PostgreSQL compares names as a whole and knows only one wildcard, a lone *. Clients send host names, never addresses. It accepts such a line without a message, and no client gets its certificate.',
  wrong: '*.example.com wildcard.crt wildcard.key\n/no_sni/ server.crt server.key',
  right: 'orders.example.com,stock.example.com wildcard.crt wildcard.key\n/no_sni/ server.crt server.key',
  references: [HOSTS_MANUAL],
  *check({ hosts, major }) {
    if (major < HOSTS_SINCE) return;
    for (const entry of hosts.entries)
      for (const name of namesOf(entry)) {
        const reason = notSent(name);
        if (reason !== undefined) yield atHosts(entry, reason);
      }
  },
};

function notSent(name: string): string | undefined {
  if (name.includes('*')) return `${name} matches no name. List each host name, or use * for all others.`;
  if (numericAddress(name)) return `Clients that connect to ${name} send no name. Use /no_sni/ for them.`;
  if (!/^[\w.-]+$/.test(name)) return `${JSON.stringify(name)} is not a host name.`;
  return undefined;
}
