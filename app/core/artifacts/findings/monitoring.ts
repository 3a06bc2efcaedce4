import type { AccessModel } from '../../access/model.ts';
import { shared } from '../monitoring/fail2ban.ts';
import { type Finding, finding } from './finding.ts';

/** Whom a ban would hit besides the one who guesses. */
export function monitoringFindings(model: AccessModel): Finding[] {
  const addresses = shared(model);
  if (model.plan.monitoring.fail2ban === 'none' || addresses.length === 0) return [];
  return [finding('shared-address', 'warning', 'monitoring.fail2ban', { addresses: addresses.join(', ') })];
}
