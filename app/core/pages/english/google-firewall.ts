import { file, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const cli = test('e2e/server/tools/google-firewall.test.ts');
const ours = file('app/core/bundle/cloud/google-rules.ts');
const overview = vendor('Google Cloud, VPC firewall rules', 'https://docs.cloud.google.com/firewall/docs/firewalls');
const quotas = vendor('Cloud NGFW, quotas and limits', 'https://docs.cloud.google.com/firewall/docs/quotas');

export const googleFirewallPage: TargetPage = {
  id: 'google-firewall',
  title: 'Google Cloud VPC firewall rules',
  summary:
    "Allows only the plan's networks and network tags to reach PostgreSQL; Google Cloud drops everything else before it arrives at the machine.",
  does: [
    ...says(
      cli,
      "Rules for the database server, and for the plan's replicas, bastion and VPN gateway, each identified by its network tag.",
      'IPv4 and IPv6 have separate rules. If a client has a network tag, the rule names that tag instead of its networks.',
      'After the allow rules, a rule denies the port of PostgreSQL, or of a proxy, to everyone else, in both families.',
      'Creates new rules first and then deletes those that the plan no longer has, so clients that stay in the plan keep their access throughout.',
    ),
    ...says(ours, 'Splits a long list of networks into rules of at most 256 ranges.'),
  ],
  doesNot: [
    ...says(
      ours,
      'Add the network tags to machines: until then the rules apply to no machine.',
      'Filter outbound traffic.',
    ),
    ...says(cli, 'Change or delete a rule that someone else created.'),
    ...says(ours, 'Deny SSH to other networks: a rule such as default-allow-ssh stays in force.'),
  ],
  undo: [
    ...says(cli, 'bash your-machine/cloud/firewall-rules-undo.sh'),
    ...says(file('app/core/bundle/cloud/google-terraform.ts'), 'With Terraform: terraform destroy.'),
  ],
  pitfalls: [
    ...says(
      overview,
      'A rule with a lower priority number decides first, and a hierarchical firewall policy can decide before any rule.',
      'The default network has the rule default-allow-internal (priority 65534), which allows the whole network wherever no earlier rule decides.',
      'A source tag matches only machines in the same VPC network, or in a peered one, not their public addresses.',
    ),
    ...says(
      quotas,
      'The number of firewall rules in a project is a quota. Ask Google to raise it if a rule does not fit.',
    ),
  ],
};
