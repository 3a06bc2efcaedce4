import { say } from '../../messages/message.ts';
import { type Hcl, hcl, hclString } from '../../quote/hcl.ts';
import { lines } from '../../quote/lines.ts';
import { join } from '../../quote/template.ts';
import type { Block, FileDraft } from '../file.ts';
import type { Google, GoogleRule, GoogleTarget } from './google-rules.ts';
import { runTerraform } from './terraform.ts';

/** `postern.tf`: one resource for each rule. */
export const googleTerraform = ({ project, network }: Google, targets: readonly GoogleTarget[]): FileDraft<'hcl'> => ({
  path: 'your-machine/cloud/postern.tf',
  machine: 'your-machine',
  title: say('google.terraformTitle'),
  intro: [say('terraform.intro'), say('google.attach')],
  language: 'hcl',
  run: runTerraform,
  blocks: [
    {
      lines: lines(hcl`
        terraform {
          required_providers {
            google = {
              source  = "hashicorp/google"
              version = ">= 5.0"
            }
          }
        }

        provider "google" {
          project = ${hclString(project)}
        }
      `),
    },
    ...targets.flatMap(({ tag, title, rules }) => [
      { lines: [], reason: { message: title, path: 'cloud.groupName' } },
      ...rules.map((rule) => resource(network, tag, rule, rules)),
    ]),
  ],
});

/** A deny rule is created after the allow rules, and deleted before them: no client is ever without access. */
function resource(network: string, tag: string, rule: GoogleRule, all: readonly GoogleRule[]): Block<'hcl'> {
  const { name, action, protocol, port, priority, source, description } = rule;
  const strings = (texts: readonly string[]): Hcl => hcl`[${join(texts.map(hclString), ', ')}]`;
  const first = action === 'deny' ? all.filter((other) => other.action === 'allow') : [];
  return {
    lines: lines(hcl`
      resource "google_compute_firewall" ${hclString(name)} {
        name        = ${hclString(name)}
        network     = ${hclString(network)}
        description = ${hclString(description)}
        direction   = "INGRESS"
        priority    = ${priority}
        target_tags = ${strings([tag])}
        ${source.kind === 'tag' ? hcl`source_tags = ${strings([source.tag])}` : hcl`source_ranges = ${strings(source.ranges)}`}
        ${action === 'allow' ? hcl`allow` : hcl`deny`} {
          protocol = ${hclString(protocol)}
          ports    = ${strings([String(port)])}
        }
        depends_on = [${join(
          first.map((other) => `google_compute_firewall.${other.name}` as Hcl),
          ', ',
        )}]
        lifecycle {
          create_before_destroy = true
        }
      }
    `),
    reason: rule.reason,
  };
}
