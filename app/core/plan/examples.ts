import { contains, parsePrefix } from '../net/prefix.ts';
import { issueAt, type PlanIssue } from './result.ts';
import type { Plan } from './schema.ts';
import { problem, shown } from './text.ts';

/** Networks reserved for documentation: RFC 5737, RFC 3849 and RFC 9637. Nobody's server has such an address. */
const DOCUMENTATION = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'].flatMap(
  (text) => parsePrefix(text) ?? [],
);

/** Domains reserved for documentation (RFC 2606), as a host name, in an email address or URL, and as a directory's DN. */
const DOMAIN =
  /(?:^|[.@/])(?:example\.(?:com|net|org)|[a-z0-9-]+\.example)(?:$|[/:?])|dc=example(?:,\s*dc=(?:com|net|org))?\s*$/i;

/** Answers that people read and no program uses. */
const TEXTS: ReadonlySet<string> = new Set(['title', 'notes']);

/** Whether a text is an address, network or domain that exists only in documentation. */
export function isExample(text: string): boolean {
  const prefix = parsePrefix(text);
  return prefix ? DOCUMENTATION.some((network) => contains(network, prefix)) : DOMAIN.test(text);
}

/**
 * The answers of a plan that are example values: presets and shared links have them in place of what only the user
 * knows. Files made of them look complete and work nowhere, so they must be replaced first.
 */
export function exampleValues(plan: Plan): PlanIssue[] {
  const found: PlanIssue[] = [];
  const visit = (value: unknown, path: readonly PropertyKey[]): void => {
    if (typeof value === 'string') {
      if (isExample(value)) found.push(issueAt(path, problem('plan.example', { value: shown(value) })));
    } else if (Array.isArray(value)) for (const [index, one] of value.entries()) visit(one, [...path, index]);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) {
        if (path.length > 0 || !TEXTS.has(key)) visit(one, [...path, key]);
      }
    }
  };
  visit(plan, []);
  return found;
}
