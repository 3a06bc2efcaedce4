import { readdirSync, readFileSync } from 'node:fs';
import { defaultPlan, type Plan, parsePlan } from '../../../app/core/index.ts';

/** A plan that is proven on every major, by the name that the test report shows. */
export interface NamedPlan {
  readonly name: string;
  readonly plan: Plan;
}

const folder = new URL('../../../public/presets/', import.meta.url);

/** Every preset that the wizard offers, and what the wizard starts with for each pattern. */
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

/** The plan for another major, all else equal. */
export const onMajor = (plan: Plan, major: number): Plan => ({ ...plan, server: { ...plan.server, major } });

/** A plan must pass the plan's own door before it is proven. */
export function valid(json: unknown, name: string): Plan {
  const parsed = parsePlan(json);
  if (!parsed.ok) throw new Error(`${name} is not a valid plan: ${JSON.stringify(parsed.issues, null, 2)}`);
  return parsed.value;
}
