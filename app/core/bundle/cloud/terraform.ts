import { say } from '../../messages/message.ts';
import { type Hcl, hcl, hclString } from '../../quote/hcl.ts';
import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';
import type { Artifact, Block } from '../file.ts';
import { type AwsGroup, type AwsRule, awsGroups, awsOf, overLimit } from './aws.ts';

/** How the file is put into force, after a look at what would change. */
export const runTerraform = lines(sh`
  terraform -chdir=your-machine/cloud init
  terraform -chdir=your-machine/cloud plan
  terraform -chdir=your-machine/cloud apply
`);

/** `postern.tf`: the groups and one resource for each rule, as the provider's documentation recommends. */
export const terraform: Artifact = {
  page: 'aws-security-group',
  render(model) {
    const aws = awsOf(model);
    if (aws?.format !== 'terraform') return [];
    const groups = awsGroups(model, aws);
    if (overLimit(groups, aws)) return [];
    return [
      {
        path: 'your-machine/cloud/postern.tf',
        machine: 'your-machine',
        title: say('terraform.title'),
        intro: [say('terraform.intro'), say('aws.attach')],
        language: 'hcl',
        run: runTerraform,
        blocks: [
          {
            lines: lines(hcl`
              terraform {
                required_providers {
                  aws = {
                    source  = "hashicorp/aws"
                    version = ">= 5.0"
                  }
                }
              }

              provider "aws" {
                region = ${hclString(aws.region)}
              }
            `),
          },
          ...(aws.vpc === null ? [vpcVariable] : []),
          ...groups.flatMap((group) => groupBlocks(group, aws.vpc)),
        ],
      },
    ];
  },
};

/** Terraform asks for a variable without a value, or takes it from TF_VAR_vpc_id. */
const vpcVariable: Block<'hcl'> = {
  lines: lines(hcl`
    variable "vpc_id" {
      type        = string
      description = "ID of the VPC of the database server, such as vpc-0123456789abcdef0"
    }
  `),
  reason: { message: say('terraform.vpc'), path: 'cloud.vpc' },
};

function groupBlocks({ name, id, host, rules }: AwsGroup, vpc: string | null): Block<'hcl'>[] {
  const label = hclString(id);
  return [
    {
      lines: lines(hcl`
        resource "aws_security_group" ${label} {
          name        = ${hclString(name)}
          description = "Made by Postern"
          vpc_id      = ${vpc === null ? hcl`var.vpc_id` : hclString(vpc)}
        }
      `),
      reason: { message: say(`aws.group.${host}` as 'aws.group.server', { name }), path: 'cloud.groupName' },
    },
    ...rules.map(
      (rule, index): Block<'hcl'> => ({
        lines: ingress(id, index, rule),
        reason: { message: say('aws.rules', { description: rule.description.slice(8) }), path: rule.path },
      }),
    ),
    {
      lines: (['ipv4', 'ipv6'] as const).flatMap((family) => egress(id, family)),
      reason: { message: say('terraform.egress'), path: 'cloud.provider' },
    },
  ];
}

const reference = (id: string): Hcl => `aws_security_group.${id}.id` as Hcl;

function ingress(id: string, index: number, { protocol, port, kind, source, description }: AwsRule): Hcl[] {
  const from =
    kind === 'group'
      ? hcl`referenced_security_group_id = ${hclString(source)}`
      : kind === 'cidr4'
        ? hcl`cidr_ipv4         = ${hclString(source)}`
        : hcl`cidr_ipv6         = ${hclString(source)}`;
  return lines(hcl`
    resource "aws_vpc_security_group_ingress_rule" ${hclString(`${id}_${index}`)} {
      security_group_id = ${reference(id)}
      description       = ${hclString(description)}
      ip_protocol       = ${hclString(protocol)}
      from_port         = ${port}
      to_port           = ${port}
      ${from}
    }
  `);
}

function egress(id: string, family: 'ipv4' | 'ipv6'): Hcl[] {
  const everyone = family === 'ipv4' ? hcl`cidr_ipv4         = "0.0.0.0/0"` : hcl`cidr_ipv6         = "::/0"`;
  return lines(hcl`
    resource "aws_vpc_security_group_egress_rule" ${hclString(`${id}_${family}`)} {
      security_group_id = ${reference(id)}
      ip_protocol       = "-1"
      ${everyone}
    }
  `);
}
