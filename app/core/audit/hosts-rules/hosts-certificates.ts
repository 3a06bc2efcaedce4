import { HOSTS_SINCE, type HostsEntry, hostsEntryFor, namesOf } from '../../postgres/hosts/hosts.ts';
import { atHosts, type HostsRule } from '../rule.ts';
import { HOSTS_MANUAL } from './manual.ts';

export const hostsCertificates: HostsRule = {
  id: 'hosts-certificates',
  severity: 'info',
  title: 'Certificates by host name',
  why: 'Each client gets the certificate of the name that it connects to. The certificate must contain that name, or clients with sslmode=verify-full reject it. ssl_cert_file and ssl_key_file are not used while pg_hosts.conf has entries.',
  wrong: '* server.crt server.key',
  right: '',
  references: [HOSTS_MANUAL],
  *check({ hosts, major }) {
    if (major < HOSTS_SINCE || hosts.entries.length === 0 || hosts.problems.length > 0) return;
    for (const entry of hosts.entries) {
      const names = namesOf(entry);
      if (names.length > 0) yield atHosts(entry, `${names.join(', ')}: ${entry.certificate}.`);
    }
    yield atHosts(undefined, `Any other name: ${gets(hostsEntryFor(hosts, 'name.invalid'))}.`);
    yield atHosts(undefined, `An IP address, or a client without SNI: ${gets(hostsEntryFor(hosts, null))}.`);
  },
};

const gets = (entry: HostsEntry | string): string =>
  typeof entry === 'string' ? 'rejected during the handshake' : entry.certificate;
