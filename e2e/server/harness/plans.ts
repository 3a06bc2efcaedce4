import { readdirSync, readFileSync } from 'node:fs';
import { defaultPlan, type Plan, parsePlan } from '../../../app/core/index.ts';

/** A plan that is tested on every major, with its name in the test report. */
export interface NamedPlan {
  readonly name: string;
  readonly plan: Plan;
}

const folder = new URL('../../../public/presets/', import.meta.url);

/** Every preset of the wizard, and the wizard's default plan for each pattern. */
export function namedPlans(): NamedPlan[] {
  const presets = readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'index.json')
    .map((file) => ({
      name: `preset ${file.replace('.json', '')}`,
      plan: valid(JSON.parse(readFileSync(new URL(file, folder), 'utf8')), file),
    }));
  const starts = (['direct', 'vpn', 'private', 'bastion'] as const).map((pattern) => ({
    name: `start of ${pattern}`,
    plan: defaultPlan(pattern),
  }));
  return [...presets, ...starts];
}

/** The same plan for another major. */
export const onMajor = (plan: Plan, major: number): Plan => ({ ...plan, server: { ...plan.server, major } });

/** A plan must pass plan validation before it is tested. */
export function valid(json: unknown, name: string): Plan {
  const parsed = parsePlan(json);
  if (!parsed.ok) throw new Error(`${name} is not a valid plan: ${JSON.stringify(parsed.issues, null, 2)}`);
  return parsed.value;
}
