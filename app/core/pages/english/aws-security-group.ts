import type { TargetPage } from '../page.ts';

const quotas = {
  title: 'Amazon VPC quotas',
  url: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html',
};
const rules = {
  title: 'Amazon VPC, Security group rules',
  url: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
};

export const awsSecurityGroupPage: TargetPage = {
  id: 'aws-security-group',
  title: 'AWS security groups',
  summary: 'Amazon lets only the networks and groups of the plan reach each machine, before a packet arrives there.',
  does: [
    'One group for the database server, and one each for the replicas, the bastion and the VPN gateway of the plan.',
    'Networks of IPv4 and IPv6, merged where that opens nothing; a client with a security group of its own stands in the rules by that group.',
    'New rules come first and old ones go afterwards, so that no client is without its own.',
    'SSH for the administrators of the plan, and the port of the tunnel.',
  ],
  doesNot: [
    'Attach a group to a machine: until then it filters nothing.',
    'Change rules that others made. The script shows them; Terraform leaves what is not in its state.',
    'Filter what goes out. The script leaves the rules with which AWS lets everything out, and the Terraform file writes them.',
    'See what passes inside a tunnel that ends on the database server.',
  ],
  undo: ['bash your-machine/cloud/security-groups-undo.sh', 'terraform destroy, where Terraform made them'],
  pitfalls: [
    {
      text: 'A machine takes what any of its groups lets in: an older, wider group beside this one still counts.',
      source: rules,
    },
    {
      text: 'Rules of IPv4 and IPv6 are counted apart, 60 of each unless the quota was raised. While a plan changes, old and new rules are there together and have to fit.',
      source: quotas,
    },
  ],
};
