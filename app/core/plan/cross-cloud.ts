import { parseAddress } from '../net/prefix.ts';
import { isSecurityGroupId } from './cloud-fields.ts';
import type { Plan } from './schema.ts';
import { type Problem, problem, shown } from './text.ts';

/** What an answer about the cloud asks of others. */
export function cloudIssues(plan: Plan, refuse: (path: string, found: Problem) => void): void {
  const { cloud, server, clients } = plan;
  if (cloud.provider === 'none') return;
  for (const [index, { cloudGroup }] of clients.entries()) {
    if (cloudGroup === null || isSecurityGroupId(cloudGroup) === (cloud.provider === 'aws')) continue;
    const id = cloud.provider === 'aws' ? 'cloud.groupAws' : 'cloud.groupAzure';
    refuse(`clients.${index}.cloudGroup`, problem(id, { value: shown(cloudGroup) }));
  }
  const v4 = server.addresses.public.find((text) => parseAddress(text)?.family === 4);
  const used = clients.some(({ via }) => via === 'public');
  if (v4 !== undefined && used && !server.publicBehindNat)
    refuse('server.publicBehindNat', problem('cloud.nat', { value: shown(v4) }));
}
