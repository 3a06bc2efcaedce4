import { isLoopback } from '../net/loopback.ts';
import { contains, parsePrefix } from '../net/prefix.ts';
import { isPrivate } from '../net/private.ts';
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

type Path = readonly PropertyKey[];

/** Every text in a plan, or in an unfinished one, that a program uses. */
function* usedTexts(value: unknown, path: Path = []): Generator<readonly [text: string, path: Path]> {
  if (typeof value === 'string') yield [value, path];
  else if (Array.isArray(value)) for (const [index, one] of value.entries()) yield* usedTexts(one, [...path, index]);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      if (path.length > 0 || !TEXTS.has(key)) yield* usedTexts(one, [...path, key]);
    }
  }
}

/**
 * The answers of a plan that are example values: presets and shared links have them in place of what only the user
 * knows. Files made of them look complete and work nowhere, so they must be replaced first.
 */
export const exampleValues = (plan: Plan): PlanIssue[] =>
  [...usedTexts(plan)]
    .filter(([text]) => isExample(text))
    .map(([text, path]) => issueAt(path, problem('plan.example', { value: shown(text) })));

/**
 * The answers of a preset that a real plan may have as well, each with its kind: private addresses and networks, roles
 * and databases. Documentation values are those of `exampleValues`.
 */
export const presetAnswers = (preset: Plan): string[] => [
  ...new Set([...usedTexts(preset)].flatMap(([text, path]) => presetAnswer(text, path) ?? [])),
];

/** The answers that are still those of the preset (`presetAnswers`). The plan may be unfinished. */
export const unchangedAnswers = (plan: unknown, preset: ReadonlySet<string>): PlanIssue[] =>
  [...usedTexts(plan)]
    .filter(([text, path]) => preset.has(presetAnswer(text, path) ?? ''))
    .map(([text, path]) => issueAt(path, problem('plan.unchanged', { value: shown(text) })));

function presetAnswer(text: string, path: Path): string | undefined {
  const list = path.at(-2);
  if (list === 'roles' || list === 'databases') return `${list} ${text}`;
  const prefix = parsePrefix(text);
  return prefix && isPrivate(prefix) && !isLoopback(prefix) ? `address ${text}` : undefined;
}
