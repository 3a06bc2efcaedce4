import { HOSTS_SINCE } from '../../postgres/hosts/hosts.ts';
import { atHosts, type HostsRule } from '../rule.ts';
import { HOSTS_MANUAL } from './manual.ts';

export const hostsLineRejected: HostsRule = {
  id: 'hosts-line-rejected',
  severity: 'high',
  title: 'PostgreSQL rejects pg_hosts.conf',
  why: 'On a reload the server keeps its previous TLS configuration, with the previous certificates. It does not start with the file. No view shows the problem, only the log.',
  wrong: 'orders.example.com orders.crt',
  right: 'orders.example.com orders.crt orders.key',
  references: [HOSTS_MANUAL],
  *check({ hosts, major }) {
    if (major < HOSTS_SINCE) return;
    for (const problem of hosts.problems) yield atHosts(problem, `PostgreSQL rejects this line: ${problem.error}.`);
  },
};
