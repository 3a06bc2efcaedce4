import type { TargetPage } from '../page.ts';

export const prometheusPage: TargetPage = {
  id: 'prometheus',
  title: 'Alert rules for Prometheus',
  summary:
    'Rules on the measurements of postgres_exporter: server down, connections used up, TLS off, replicas behind.',
  does: [
    'Uses only what the exporter measures by its own defaults, from version 0.13 to 0.20.',
    'Compares connections with the limits that the server has, and each role with the limit of the plan.',
    'Watches each replica of the plan by its slot or its name, its lag, and what its slot holds back.',
  ],
  doesNot: [
    'Install Prometheus or the exporter. Run the exporter on the server itself, as a role of pg_monitor over the local socket, so that no port of PostgreSQL opens for it.',
    'See failed logins: fail2ban and the log do.',
    'See when a certificate ends: verify.sh does.',
  ],
  undo: ['Take the file out of rule_files and reload Prometheus.'],
  pitfalls: [
    {
      text: 'Which collectors are on by default, and what the exporter needs to be allowed.',
      source: {
        title: 'postgres_exporter, README',
        url: 'https://github.com/prometheus-community/postgres_exporter/blob/master/README.md',
      },
    },
    {
      text: 'Version 0.20 renamed measurements of replication slots; none of the renamed ones is used here.',
      source: {
        title: 'postgres_exporter, CHANGELOG',
        url: 'https://github.com/prometheus-community/postgres_exporter/blob/master/CHANGELOG.md',
      },
    },
  ],
};
