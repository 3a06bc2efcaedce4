import { bench, describe } from 'vitest';
import { deriveAccess, generate, type Plan, parsePlan } from '../app/core/index.ts';
import preset from '../public/presets/office-vpn-internet.json' with { type: 'json' };

/** The preset with this many clients, each with its own network, role and database. */
function withClients(count: number): Plan {
  const [template] = preset.clients;
  const clients = Array.from({ length: count }, (_, index) => ({
    ...template,
    name: `client ${index}`,
    sources: [`10.${index >> 8}.${index & 255}.0/24`],
    roles: [`role_${index}`],
    databases: [`database_${index % 7}`],
  }));
  const parsed = parsePlan({ ...preset, clients });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues[0]));
  return parsed.value;
}

for (const count of [3, 40, 400]) {
  const plan = withClients(count);
  describe(`${count} clients`, () => {
    bench('parsePlan', () => void parsePlan(plan));
    bench('deriveAccess', () => void deriveAccess(plan));
    bench('generate', () => void generate(plan));
  });
}
