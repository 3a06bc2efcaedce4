import type { Artifact } from '../file.ts';
import { googleCli } from './google-cli.ts';
import { googleTargets } from './google-rules.ts';
import { googleTerraform } from './google-terraform.ts';

/** VPC firewall rules, as `gcloud` commands or for Terraform. */
export const googleFirewall: Artifact = {
  page: 'google-firewall',
  render(model) {
    const { cloud } = model.plan;
    if (cloud.provider !== 'google') return [];
    const targets = googleTargets(model, cloud);
    if (targets.length === 0) return [];
    return cloud.format === 'cli' ? googleCli(cloud, targets) : [googleTerraform(cloud, targets)];
  },
};
