import { defaultPlan, type Plan } from '../../../app/core/index.ts';
import { valid } from '../../server/harness/plans.ts';
import type { Suite } from './roots.ts';

/** One journey: what the administrator finds on the server, the plan, and the way to install it. */
export interface Row {
  readonly name: string;
  readonly suite: Suite;
  readonly plan: Plan;
  /** The runbook as written, or with the steps of apply.sh by hand as manual-steps.md has them. */
  readonly way: 'apply.sh' | 'by hand';
  /** Commands on the server before anything else: the initial state of the journey. */
  readonly found?: string;
  /** The preflight stops and names these options, one after the other; the administrator passes them to `apply.sh`. */
  readonly decided?: readonly string[];
  /** The major of an npm package that replaces Debian's, which has only one. */
  readonly major?: number;
  /** Rebooted only in the long run: another journey reboots with this firewall, installed in the same way. */
  readonly staysUp?: true;
  /** The path of the server's CA, if the plan creates none. */
  readonly authority?: string;
  /** An existing role that keeps remote access while the plan is in use. */
  readonly keeps?: { readonly source: string; readonly role: string; readonly secret: string };
}

const start = defaultPlan('direct');
const planOf = (name: string, server: Partial<Plan['server']>, more: Partial<Plan>): Plan =>
  valid({ ...start, ...more, server: { ...start.server, ...server } }, name);
const behind = (kind: Plan['firewall']['kind']) => ({ firewall: { ...start.firewall, kind } });
const with_ = (certificate: Plan['security']['certificate']) => ({ security: { ...start.security, certificate } });

/** Another CA, and a certificate that it has signed for the server's name. */
const certificate = (folder: string) => `mkdir -p ${folder}
cd ${folder}
key="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
openssl req -x509 -days 90 $key -subj '/CN=Company' -keyout ca.key -out ca.crt
openssl req $key -subj /CN=server -keyout server.key -out server.csr
echo subjectAltName=DNS:db.example.com >server.ext
openssl x509 -req -days 60 -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile server.ext -out server.crt`;

/** Replaces certbot, because no journey reaches the CA: it creates a lineage, as certbot does. */
const CERTBOT = `cat >/usr/local/bin/certbot <<'END'
#!/bin/bash
set -euo pipefail
live=/etc/letsencrypt/live/db.example.com
mkdir -p "$live"
chmod 700 /etc/letsencrypt/live
cp /root/acme/server.crt "$live/fullchain.pem"
install -m 600 /root/acme/server.key "$live/privkey.pem"
END
chmod 755 /usr/local/bin/certbot`;

/** Rules of another application, which connects remotely, and the plan's role with its own limits. */
const OTHERS = `cd /
sudo -u postgres psql -q -v ON_ERROR_STOP=1 <<'SQL'
create role reports login password 'of reports';
create role app login connection limit 7 valid until '2031-05-01' password 'of before';
create database app;
SQL
echo "host all reports 192.0.2.200/32 scram-sha-256" >>/etc/postgresql/17/main/pg_hba.conf
echo "listen_addresses = '*'" >/etc/postgresql/17/main/conf.d/house.conf
systemctl restart postgresql@17-main
firewall-cmd -q --permanent --add-rich-rule='rule family=ipv4 source address=192.0.2.200/32 port port=5432 protocol=tcp accept'
firewall-cmd -q --reload`;

export const rows: readonly Row[] = [
  {
    name: 'Debian 12, PostgreSQL 15, ufw, a private CA',
    suite: 'bookworm',
    way: 'apply.sh',
    decided: ['--replace-rules'],
    plan: planOf('ufw', { major: 15 }, {}),
  },
  {
    name: 'Debian 13, PostgreSQL 17, nftables, fail2ban, by hand',
    suite: 'trixie',
    way: 'by hand',
    plan: planOf(
      'nftables',
      { major: 17 },
      { ...behind('nftables'), monitoring: { ...start.monitoring, fail2ban: 'file' } },
    ),
  },
  {
    name: 'Debian 12, PostgreSQL 14, port 6543, iptables',
    suite: 'bookworm',
    way: 'apply.sh',
    major: 14,
    found: 'pg_createcluster 14 main -p 6543 --start',
    decided: ['--replace-rules'],
    plan: planOf('iptables', { major: 14, port: 6543 }, behind('iptables')),
  },
  {
    name: 'Debian 13, PostgreSQL 17, firewalld, merged with the rules of others, a role with limits',
    suite: 'trixie',
    way: 'apply.sh',
    found: OTHERS,
    keeps: { source: '192.0.2.200', role: 'reports', secret: 'of reports' },
    plan: planOf(
      'merge',
      { major: 17, rules: 'merge' },
      {
        security: { ...start.security, publicConnect: 'keep' },
        firewall: {
          kind: 'firewalld',
          rateLimit: null,
          sources: [...(start.clients[0]?.sources ?? []), '192.0.2.200/32'],
        },
      },
    ),
  },
  {
    name: 'Debian 12, PostgreSQL 15, second cluster, certificate of others, by hand',
    suite: 'bookworm',
    way: 'by hand',
    found: `pg_createcluster 15 analytics -p 6432 --start
(${certificate('/etc/ssl/db')}
chown postgres server.key server.crt)`,
    authority: '/etc/ssl/db/ca.crt',
    plan: planOf(
      'analytics',
      { major: 15, cluster: 'analytics', port: 6432 },
      {
        ...behind('ufw'),
        ...with_({
          source: 'existing',
          certificateFile: '/etc/ssl/db/server.crt',
          keyFile: '/etc/ssl/db/server.key',
          rootFile: '/etc/ssl/company-ca.crt',
        }),
      },
    ),
  },
  {
    name: 'Debian 13, PostgreSQL 17, Let’s Encrypt, overrides of ALTER SYSTEM',
    suite: 'trixie',
    way: 'apply.sh',
    found: `(${certificate('/root/acme')})
${CERTBOT}
cd /
sudo -u postgres psql -q -c 'alter system set log_connections = off' -c 'select pg_reload_conf()'`,
    authority: '/root/acme/ca.crt',
    decided: ['--replace-rules', '--accept-overrides'],
    plan: planOf('lets-encrypt', { major: 17 }, { ...behind('nftables'), ...with_({ source: 'lets-encrypt' }) }),
  },
  {
    name: 'Debian 13, PostgreSQL 18, port 5433, ufw, by hand',
    staysUp: true,
    suite: 'trixie',
    way: 'by hand',
    major: 18,
    found: 'pg_createcluster 18 main -p 5433 --start',
    decided: ['--replace-rules'],
    plan: planOf('other major', { major: 18, port: 5433 }, {}),
  },
];

/** A change that never completes. */
export const unfinished: Row = {
  name: 'Debian 13, PostgreSQL 17, nftables, killed on the way',
  suite: 'trixie',
  way: 'apply.sh',
  plan: planOf('killed', { major: 17, rules: 'merge' }, behind('nftables')),
};
