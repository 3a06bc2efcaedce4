import { man, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

export const firewalldPage: TargetPage = {
  id: 'firewalld',
  title: 'firewalld',
  summary: 'A policy for the PostgreSQL port that firewalld evaluates before every zone.',
  does: says(
    test('e2e/server/tools/firewalld.packets.test.ts'),
    "Administrators' SSH is accepted first, then the clients to the addresses that they use, in both families; everyone else is dropped at this port.",
    'Zones stay unchanged. A zone that opens PostgreSQL no longer has an effect on this port.',
  ),
  doesNot: [
    ...says(
      man('firewalld.zones(5)', 'https://firewalld.org/documentation/man-pages/firewalld.zones.html'),
      'Put sources into a zone: a source belongs to only one zone, which would then also control its SSH access.',
    ),
    ...says(
      test('e2e/server/tools/rate-limit.test.ts'),
      'Limit many connections from one address; a separate table does that if the plan has a limit.',
    ),
    ...says(
      vendor('firewalld, Policy Objects: Introduction', 'https://firewalld.org/2020/09/policy-objects-introduction'),
      'Work with firewalld before 0.9, which has no policies: firewalld.sh and apply.sh stop there.',
    ),
  ],
  undo: says(
    test('e2e/lab/rollout/firewall.test.ts'),
    'sudo bash database-server/apply.sh --undo; for the firewall alone: sudo bash database-server/firewall/firewalld-undo.sh',
  ),
  pitfalls: [
    ...says(
      vendor('Leapp, firewalld 0.8 on RHEL 8.4', 'https://github.com/oamg/leapp-repository/pull/963'),
      'RHEL 8.4 and earlier have a firewalld before 0.9.',
    ),
    ...says(
      man('firewall-cmd(1)', 'https://manpages.debian.org/bookworm/firewalld/firewall-cmd.1.en.html'),
      'A reload keeps permanent rules and discards runtime changes; the script keeps a copy of those.',
    ),
    ...says(
      vendor(
        'Red Hat Enterprise Linux 10, Using priorities to sort policies',
        'https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/10/html/configuring_firewalls_and_packet_filters/using-priorities-to-sort-policies',
      ),
      'If several policies apply to the same traffic, the one with the lower priority number is evaluated first, so a policy of yours with a lower number than ours decides first.',
    ),
  ],
};
