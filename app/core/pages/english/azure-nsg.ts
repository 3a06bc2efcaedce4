import { file, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const cloudCli = test('e2e/server/tools/cloud-cli.test.ts');
const ours = file('app/core/bundle/cloud/azure-cli.ts');
const overview = vendor(
  'Azure network security groups overview',
  'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview',
);

export const azureNsgPage: TargetPage = {
  id: 'azure-nsg',
  title: 'Azure network security groups',
  summary:
    "Allows only the plan's networks and groups to reach PostgreSQL; Azure drops everything else before it arrives at the machine.",
  does: [
    ...says(
      test('e2e/server/tools/cloud.test.ts'),
      "One group for the database server, and one each for the plan's replicas, bastion and VPN gateway.",
      'A deny rule for the port of PostgreSQL, or of a proxy, after the rules that allow it. It comes before the default rules for the virtual network and for the load balancer.',
      'IPv4 and IPv6 networks have separate rules. If a client has an application security group, the rules name that group instead of its networks.',
    ),
    ...says(
      cloudCli,
      'The script stops before it changes a group in which someone else uses a priority that it needs.',
    ),
  ],
  doesNot: [
    ...says(ours, 'Attach a group to a subnet or to a network interface: until then it filters nothing.'),
    ...says(
      overview,
      'Close SSH to the virtual network: the default rule for it stays in force.',
      'Close existing connections.',
    ),
    ...says(ours, 'Filter outbound traffic.'),
  ],
  undo: [
    ...says(cloudCli, 'bash your-machine/cloud/network-security-groups-undo.sh'),
    ...says(file('app/core/bundle/cloud/bicep.ts'), 'With Bicep: detach the groups and delete them.'),
  ],
  pitfalls: says(
    overview,
    'Azure translates public addresses before it evaluates inbound rules, so a rule must name the private address of a machine.',
    'The default rule AllowVNetInBound (65000) allows the whole virtual network and everything connected to it.',
    "A load balancer's health probe on the PostgreSQL port is denied as well: the default rule that allows it, 65001, comes after the deny rule.",
  ),
};
