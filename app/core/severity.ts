/**
 * How bad a finding is, by what an attacker or an outage gains. The same words in the plan's findings, in the audit and in
 * its exports.
 *
 * - `critical`: access without authentication or with a broken one, or loss of control.
 * - `high`: passwords or data can be read, everyone can try to log in, or clients or administrators are locked out.
 * - `medium`: a defense is weaker than it looks.
 * - `low`: it works; hygiene.
 * - `info`: good to know.
 */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** From the worst to the least. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const satisfies readonly Severity[];

const rank = { critical: 0, high: 1, medium: 2, low: 3, info: 4 } as const satisfies Record<Severity, number>;

/** For sorting: the worst first. */
export const worstFirst = (a: { readonly severity: Severity }, b: { readonly severity: Severity }): number =>
  rank[a.severity] - rank[b.severity];

export const isAtLeast = (severity: Severity, least: Severity): boolean => rank[severity] <= rank[least];
