import type { AccessModel } from '../access/model.ts';
import type { Finding } from './finding.ts';

/** What the administrator should know about this plan, worst first. */
export function findings(_model: AccessModel): Finding[] {
  return [];
}
