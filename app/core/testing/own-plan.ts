import { defaultPlan } from '../plan/defaults.ts';
import type { Pattern, Plan } from '../plan/schema.ts';

/**
 * Values for documentation, and what stands for the values of a user in tests: networks for benchmarks (RFC 2544, RFC
 * 5180) and a domain for tests (RFC 2606), which are nobody's either.
 */
const OWN: readonly (readonly [example: string, own: string])[] = [
  ['203.0.113.', '198.18.113.'],
  ['198.51.100.', '198.18.100.'],
  ['192.0.2.', '198.18.2.'],
  ['2001:db8:', '2001:2:0:'],
  ['example.com', 'postern.test'],
];

/** A text of which every example value is replaced. */
export const asOwn = (text: string): string => OWN.reduce((now, [example, own]) => now.replaceAll(example, own), text);

/** The default plan with values that are not examples, as if a user had answered everything. */
export const ownPlan = (pattern: Pattern): Plan => JSON.parse(asOwn(JSON.stringify(defaultPlan(pattern))));
