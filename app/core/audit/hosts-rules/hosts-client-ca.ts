import { HOSTS_SINCE } from '../../postgres/hosts/hosts.ts';
import { atHosts, type HostsRule } from '../rule.ts';
import { HOSTS_MANUAL } from './manual.ts';

export const hostsClientCa: HostsRule = {
  id: 'hosts-client-ca',
  severity: 'medium',
  title: 'pg_hosts.conf has an entry without a CA',
  why: 'PostgreSQL does not use ssl_ca_file while pg_hosts.conf has entries. Under an entry without a CA it asks for no client certificate, and rejects each login that requires one (cert, or clientcert=verify-full).',
  wrong: '* server.crt server.key',
  right: '* server.crt server.key root.crt',
  references: [HOSTS_MANUAL],
  *check({ hosts, major, settings }) {
    const authority = settings?.get('ssl_ca_file')?.value ?? '';
    if (major < HOSTS_SINCE || authority === '') return;
    for (const entry of hosts.entries)
      if (entry.ca === null)
        yield atHosts(
          entry,
          `ssl_ca_file is ${authority}, but clients of this entry cannot log in with certificates. Add the CA as the fourth field.`,
        );
  },
};
