import type { AccessModel } from '../../model/model.ts';
import type { Cloud } from '../../plan/schema.ts';
import { type CloudFilter, type CloudRule, cloudFilters } from './rules.ts';
import { sourceTexts } from './source-text.ts';

export type Aws = Extract<Cloud, { provider: 'aws' }>;

export const awsOf = ({ plan }: AccessModel): Aws | undefined =>
  plan.cloud.provider === 'aws' ? plan.cloud : undefined;

/** One inbound rule of a security group: one network, or another group (docs.aws.amazon.com, "Security group rules"). */
export interface AwsRule {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly kind: 'cidr4' | 'cidr6' | 'group';
  readonly source: string;
  readonly description: string;
  readonly path: string;
}

export interface AwsGroup {
  readonly name: string;
  /** The identifier used in names inside files. */
  readonly id: string;
  readonly host: CloudFilter['host'];
  readonly rules: readonly AwsRule[];
}

/** The groups of the plan. A group has no destination: it applies to the machine that it is attached to. */
export function awsGroups(model: AccessModel, { groupName }: Aws): AwsGroup[] {
  return cloudFilters(model).map(({ host, rules }) => {
    const found = new Map<string, AwsRule>();
    for (const rule of rules) {
      const description = descriptionOf(rule);
      for (const source of sourceTexts(rule.source)) {
        const kind = typeof rule.source === 'string' ? 'group' : source.includes(':') ? 'cidr6' : 'cidr4';
        const key = `${rule.protocol} ${rule.port} ${source}`;
        if (!found.has(key))
          found.set(key, { protocol: rule.protocol, port: rule.port, kind, source, description, path: rule.path });
      }
    }
    return {
      name: host === 'server' ? groupName : `${groupName}-${host}`,
      id: host,
      host,
      rules: [...found.values()],
    };
  });
}

/** Prefix of the description of every rule from Postern, so that no other rule is mistaken for one. */
export const MARK = 'postern';

/** At most 255 characters of a small set; other characters in names are replaced (AWS API, `IpRange`). */
function descriptionOf({ service, names }: CloudRule): string {
  const listed = names.map((name) => name.replace(/[^A-Za-z0-9 ._/()#,@+=;!-]+/g, '_')).join(', ');
  const text = `${MARK} ${service}: ${listed}`;
  return (text.length > 255 ? `${text.slice(0, 252)}...` : text).trim();
}

/**
 * Number of rules of the family that has more; a rule that names a group counts for both (AWS, "Amazon VPC quotas").
 */
const rulesOf = ({ rules }: AwsGroup): number => {
  const count = (kind: AwsRule['kind']) => rules.filter((rule) => rule.kind !== kind).length;
  return Math.max(count('cidr6'), count('cidr4'));
};

/** The first group that has more rules than the account allows, with their number. */
export function overLimit(
  groups: readonly AwsGroup[],
  { rulesPerGroup }: Aws,
): { name: string; count: number } | undefined {
  const over = groups.find((group) => rulesOf(group) > rulesPerGroup);
  return over && { name: over.name, count: rulesOf(over) };
}
