import type { Deployment } from './deployment.ts';
import { refusalMessages, type Trial } from './expectations.ts';
import { carry } from './loopback.ts';

/** The trials with an unexpected result, as text. */
export async function unexpected(stands: Deployment, trials: readonly Trial[]): Promise<string[]> {
  const { plan } = stands;
  const wrong: string[] = [];
  carry(trials.map(({ source }) => source));
  for (const trial of trials) {
    const outcome = await stands.knock(trial);
    const tried = `${trial.title} (${trial.source} to ${trial.target}, database ${trial.database})`;
    if (trial.expected === 'in') {
      if (outcome.kind === 'refused') wrong.push(`${tried} should get in, but: ${outcome.message}`);
      else if (outcome.user !== trial.role || outcome.from !== trial.source || (outcome.tls === 'none') === trial.tls) {
        wrong.push(`${tried} got in, but as ${JSON.stringify(outcome)}`);
      }
      continue;
    }
    const messages = refusalMessages(plan, plan.server.major, trial);
    if (outcome.kind === 'in') wrong.push(`${tried} should be refused, but got in`);
    else if (!messages.includes(outcome.message))
      wrong.push(`${tried} should hear "${messages.join('" or "')}", but: ${outcome.message}`);
  }
  return wrong;
}
