import { hasValidatorOptions } from '../postgres/hba/options.ts';
import { hasMethod } from '../postgres/hba/record.ts';
import { validatorOption } from './oauth-fields.ts';
import { issueAt, type PlanIssue } from './result.ts';
import type { Plan } from './schema.ts';
import { type Problem, problem, shown } from './text.ts';

/** What OAuth logins need of the server's version and of the connection. */
export function oauthIssues({ server: { major }, clients }: Plan): PlanIssue[] {
  const issues: PlanIssue[] = [];
  const refuse = (path: string, found: Problem) => issues.push(issueAt(path.split('.'), found));
  for (const [index, { auth, tls }] of clients.entries()) {
    if (auth.method !== 'oauth') continue;
    const path = `clients.${index}`;
    if (!hasMethod('oauth', major)) refuse(`${path}.auth.method`, problem('oauth.major', { major }));
    if (tls === 'allow') refuse(`${path}.tls`, problem('oauth.tls'));
    if (auth.options.length > 0 && !hasValidatorOptions(major))
      refuse(`${path}.auth.options`, problem('oauth.optionMajor', { major }));
    const names = auth.options.map((text) => validatorOption(text).name);
    for (const [at, name] of names.entries())
      if (names.indexOf(name) < at)
        refuse(`${path}.auth.options.${at}`, problem('oauth.optionTwice', { value: shown(name) }));
  }
  return issues;
}
