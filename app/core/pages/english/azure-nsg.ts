import type { TargetPage } from '../page.ts';

const overview = {
  title: 'Azure network security groups overview',
  url: 'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview',
};

export const azureNsgPage: TargetPage = {
  id: 'azure-nsg',
  title: 'Azure network security groups',
  summary:
    'Azure lets only the networks and groups of the plan reach PostgreSQL, before a packet arrives at the machine.',
  does: [
    'One group for the database server, and one each for the replicas, the bastion and the VPN gateway of the plan.',
    'A refusal for the port of PostgreSQL, or of a proxy, behind the rules that allow it: it stands before the default rules for the virtual network and for the load balancer.',
    'Networks of IPv4 and IPv6 in rules of their own; a client with an application security group stands in the rules by that group.',
    'The script stops before it changes a group in which somebody else holds a priority that it needs.',
  ],
  doesNot: [
    'Attach a group to a subnet or to a network interface: until then it filters nothing.',
    'Close SSH to the virtual network: the default rule for it stays in force.',
    'Cut connections that are open already.',
    'Filter what goes out.',
  ],
  undo: ['bash your-machine/cloud/network-security-groups-undo.sh', 'With Bicep: detach the groups and delete them.'],
  pitfalls: [
    {
      text: 'Public addresses are translated before the rules of what comes in are asked, so a rule has to name the private address of a machine.',
      source: overview,
    },
    {
      text: 'The default rule AllowVNetInBound (65000) lets in the whole virtual network and what is joined to it.',
      source: overview,
    },
    {
      text: 'A health probe of a load balancer on the port of PostgreSQL is refused as well: it comes by the default rule 65001, behind the refusal.',
      source: overview,
    },
  ],
};
