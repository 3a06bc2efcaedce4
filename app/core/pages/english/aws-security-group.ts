import { file, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const cloud = test('e2e/server/tools/cloud.test.ts');
const cloudCli = test('e2e/server/tools/cloud-cli.test.ts');
const ours = file('app/core/bundle/cloud/aws-cli.ts');

export const awsSecurityGroupPage: TargetPage = {
  id: 'aws-security-group',
  title: 'AWS security groups',
  summary:
    "Allows only the plan's networks and groups to reach each machine; AWS drops everything else before it arrives there.",
  does: [
    ...says(
      cloud,
      "One group for the database server, and one each for the plan's replicas, bastion and VPN gateway.",
      'IPv4 and IPv6 networks, merged where that allows nothing more. If a client has its own security group, the rules name that group instead of its networks.',
    ),
    ...says(cloudCli, 'New rules are added before old ones are removed, so that no client loses its rule in between.'),
    ...says(cloud, "SSH for the plan's administrators, and the tunnel's port."),
  ],
  doesNot: [
    ...says(ours, 'Attach a group to a machine: until then it filters nothing.'),
    ...says(
      cloudCli,
      'Change rules that others created. The script shows them; Terraform leaves alone what is not in its state.',
    ),
    ...says(
      ours,
      'Filter outbound traffic. The script keeps the rules with which AWS allows all outbound traffic, and the Terraform file creates them.',
    ),
    ...says(
      file('app/core/bundle/cloud/rules.ts'),
      'Inspect traffic inside a tunnel that ends on the database server.',
    ),
  ],
  undo: [
    ...says(cloudCli, 'bash your-machine/cloud/security-groups-undo.sh'),
    ...says(
      vendor('Terraform, destroy command', 'https://developer.hashicorp.com/terraform/cli/commands/destroy'),
      'terraform destroy, if Terraform created them',
    ),
  ],
  pitfalls: [
    ...says(
      vendor(
        'Amazon VPC, Security group rules',
        'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
      ),
      'A machine accepts what any of its groups allows: an older, wider group in addition to this one still applies.',
    ),
    ...says(
      vendor('Amazon VPC quotas', 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html'),
      'IPv4 and IPv6 rules are counted separately, 60 of each unless the quota was raised. While a plan changes, old and new rules exist together and must fit.',
    ),
  ],
};
