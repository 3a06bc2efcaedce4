import type { AccessModel } from '../../access/model.ts';
import { shared } from '../monitoring/fail2ban.ts';
import { hasFail2ban } from '../monitoring/log.ts';
import { type Finding, finding } from './finding.ts';

/** Whom a ban would hit besides the one who guesses. */
export function monitoringFindings(model: AccessModel): Finding[] {
  const addresses = shared(model);
  if (!hasFail2ban(model.plan) || addresses.length === 0) return [];
  return [finding('shared-address', 'warning', 'monitoring.fail2ban', { addresses: addresses.join(', ') })];
}
