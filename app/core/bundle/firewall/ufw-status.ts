import type { Prefix } from '../../net/prefix.ts';
import { shortText } from './allowed-sources.ts';

/** A rule of ufw, as `ufw status` lists it. `both`: one for each family, from everywhere to everywhere. */
export interface UfwRule {
  readonly action: 'ALLOW' | 'DENY';
  readonly protocol: string;
  readonly port: number;
  readonly comment: string;
  readonly between: 'both' | { readonly from: Prefix; readonly to?: Prefix };
}

/** What `ufw status` prints for these rules alone (ufw 0.36, `UFWBackendIptables.get_status`): IPv4 first. */
export function ufwStatus(rules: readonly UfwRule[]): string[] {
  const listed = ([4, 6] as const).flatMap((family) =>
    rules
      .filter(({ between }) => between === 'both' || between.from.family === family)
      .map((rule) => row(whereTo(rule, family), rule.action, whereFrom(rule, family), rule.comment)),
  );
  return ['Status: active', '', row('To', 'Action', 'From'), row('--', '------', '----'), ...listed];
}

const row = (to: string, action: string, from: string, comment?: string): string =>
  comment === undefined
    ? `${to.padEnd(26)} ${action.padEnd(12)}${from}`
    : `${to.padEnd(26)} ${action.padEnd(12)}${from.padEnd(26)} # ${comment}`;

const suffix = (family: 4 | 6): string => (family === 6 ? ' (v6)' : '');

const isEverywhere = (prefix: Prefix | undefined): boolean => prefix === undefined || prefix.length === 0;

function whereTo({ between, port, protocol }: UfwRule, family: 4 | 6): string {
  const service = `${port}/${protocol}`;
  if (between === 'both') return service + suffix(family);
  if (between.to && !isEverywhere(between.to)) return `${shortText(between.to)} ${service}`;
  return isEverywhere(between.from) ? service + suffix(family) : service;
}

const whereFrom = ({ between }: UfwRule, family: 4 | 6): string =>
  between === 'both' || isEverywhere(between.from) ? `Anywhere${suffix(family)}` : shortText(between.from);
