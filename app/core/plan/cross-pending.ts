import { ownAuthority } from './defaults.ts';
import type { Plan } from './schema.ts';
import { type Problem, problem } from './text.ts';

/**
 * Answers that plans can hold and that no file is made of yet. They are refused, so that nobody takes a bundle for more
 * than it is; what is built takes its line away here.
 */
export function pendingIssues({ security }: Plan, refuse: (path: string, found: Problem) => void): void {
  const pending = (path: string, chosen: boolean) => {
    if (chosen) refuse(path, problem('plan.pending'));
  };
  if (security.certificate.source === 'own-ca')
    pending('security.certificate.revocation', security.certificate.revocation !== ownAuthority.revocation);
}
