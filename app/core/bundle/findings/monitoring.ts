import type { AccessModel } from '../../model/model.ts';
import { shortText } from '../firewall/allowed-sources.ts';
import { administrators, shared } from '../monitoring/jail.ts';
import { mostFailures } from '../rollout/verify.ts';
import { type Finding, finding } from './finding.ts';

/** What the alerts need, and who besides the guessing address would be affected by a ban. */
export function monitoringFindings(model: AccessModel): Finding[] {
  if (model.plan.monitoring.fail2ban === 'none') return exporter(model);
  return [...exporter(model), ...sharedAddress(model), ...testKit(model), ...countedAdministrators(model)];
}

/** An exporter without a rule is rejected, and `PostgresqlDown` fires. */
function exporter({ plan }: AccessModel): Finding[] {
  const { monitoring, administration } = plan;
  return monitoring.prometheus && !administration.services.some(({ kind }) => kind === 'monitoring')
    ? [finding('no-exporter', 'low', 'administration.services')]
    : [];
}

function sharedAddress(model: AccessModel): Finding[] {
  const addresses = shared(model);
  return addresses.length === 0
    ? []
    : [finding('shared-address', 'medium', 'monitoring.fail2ban', { addresses: addresses.join(', ') })];
}

function testKit(model: AccessModel): Finding[] {
  const { maxRetry } = model.plan.monitoring;
  const failures = mostFailures(model);
  return failures < maxRetry
    ? []
    : [finding('kit-pauses', 'info', 'monitoring.maxRetry', { failures, maxRetry, wanted: failures + 1 })];
}

const countedAdministrators = (model: AccessModel): Finding[] =>
  administrators(model)
    .filter(({ counted }) => counted.length > 0)
    .map(({ name, path, counted }) =>
      finding('administrator-counted', 'info', path, { name, sources: counted.map(shortText).join(', ') }),
    );
