import { issueAt, type PlanIssue } from './result.ts';
import type { Plan } from './schema.ts';
import { type Problem, problem, shown } from './text.ts';

/** The curves of `ssl_ecdh_curve` that TLS 1.3 knows too, by the short names that OpenSSL looks them up with (`be-secure-openssl.c`, `initialize_ecdh`). */
export const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'] as const;

/** Other names of the same curves, which only a list (18 and later) accepts. */
const alias: Readonly<Record<string, string>> = {
  'P-256': 'prime256v1',
  secp256r1: 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
};

/** Answers about TLS that the server's major does not support. */
export function tlsIssues({ server, security }: Plan): PlanIssue[] {
  const issues: PlanIssue[] = [];
  const refuse = (path: string, found: Problem) => issues.push(issueAt(path.split('.'), found));
  const { major } = server;
  if (security.directTls && major < 17) refuse('security.directTls', problem('tls.direct', { major }));
  if (security.groups !== null && major < 18) {
    const found = oneCurve(security.groups, major);
    if (found) refuse('security.groups', found);
  }
  return issues;
}

function oneCurve(groups: string, major: number): Problem | undefined {
  const names = groups.split(':').map((name) => alias[name] ?? name);
  const known = names.find((name) => CURVES.some((curve) => curve === name));
  const values = { value: shown(groups), major, choices: CURVES.join(', '), fix: known ?? CURVES[0] };
  if (names.length > 1) return problem('tls.oneGroup', values, values.fix);
  return groups === known ? undefined : problem('tls.curve', values, values.fix);
}
