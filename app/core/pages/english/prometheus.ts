import { file, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

export const prometheusPage: TargetPage = {
  id: 'prometheus',
  title: 'Alert rules for Prometheus',
  summary: 'Rules for the metrics of postgres_exporter: server down, connections used up, TLS off, replicas lagging.',
  does: says(
    test('e2e/server/tools/prometheus.test.ts'),
    'Uses only metrics that the exporter collects by default, from version 0.13 to 0.20.',
    'Compares connections with the limits of the server, and each role with its limit in the plan.',
    'Monitors each replica of the plan by its slot or its name: its lag, and the WAL that its slot retains.',
  ),
  doesNot: [
    ...says(
      file('app/core/bundle/monitoring/prometheus.ts'),
      'Install Prometheus or the exporter. Run the exporter on the server itself, as a role in pg_monitor over the local socket, so that it needs no open PostgreSQL port.',
      'Detect failed logins: fail2ban and the log do.',
    ),
    ...says(
      test('e2e/server/proofs/verify-dates.test.ts'),
      'Detect certificates that expire: check-certificates.sh and verify.sh do.',
    ),
  ],
  undo: says(
    vendor('Prometheus, Configuration', 'https://prometheus.io/docs/prometheus/latest/configuration/configuration/'),
    'Remove the file from rule_files and reload Prometheus.',
  ),
  pitfalls: [
    ...says(
      vendor(
        'postgres_exporter, README',
        'https://github.com/prometheus-community/postgres_exporter/blob/master/README.md',
      ),
      'Which collectors are on by default, and which privileges the exporter needs.',
    ),
    ...says(
      vendor(
        'postgres_exporter, CHANGELOG',
        'https://github.com/prometheus-community/postgres_exporter/blob/master/CHANGELOG.md',
      ),
      'Version 0.20 renamed metrics of replication slots; none of the renamed ones is used here.',
    ),
  ],
};
