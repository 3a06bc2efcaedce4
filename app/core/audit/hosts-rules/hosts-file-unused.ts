import { parseBool } from '../../postgres/conf/value.ts';
import { HOSTS_SINCE } from '../../postgres/hosts/hosts.ts';
import { atHosts, type HostsRule } from '../rule.ts';
import { HOSTS_MANUAL } from './manual.ts';

export const hostsFileUnused: HostsRule = {
  id: 'hosts-file-unused',
  severity: 'medium',
  title: 'pg_hosts.conf has no effect',
  why: 'PostgreSQL reads pg_hosts.conf from version 19 on, and only if ssl_sni is on. Otherwise every client gets the certificate of ssl_cert_file.',
  wrong: 'orders.example.com orders.crt orders.key',
  right: 'orders.example.com orders.crt orders.key',
  references: [HOSTS_MANUAL],
  *check({ hosts, major, settings, whole }) {
    if (hosts.entries.length === 0) return;
    if (major < HOSTS_SINCE) {
      yield atHosts(undefined, `PostgreSQL ${major} doesn't read pg_hosts.conf. Use version ${HOSTS_SINCE} or later.`);
      return;
    }
    const setting = settings?.get('ssl_sni');
    const isOff = setting ? parseBool(setting.value) === false : whole;
    if (isOff) yield atHosts(undefined, 'ssl_sni is off. Set ssl_sni = on in postgresql.conf, and reload.');
  },
};
