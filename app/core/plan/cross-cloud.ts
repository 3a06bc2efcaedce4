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
  // Amazon routes public addresses of IPv6 to the machine itself; Azure translates those of both families.
  const translated = server.addresses.public.find(
    (text) => cloud.provider === 'azure' || parseAddress(text)?.family === 4,
  );
  const used = clients.some(({ via }) => via === 'public');
  if (translated !== undefined && used && !server.publicBehindNat)
    refuse('server.publicBehindNat', problem('cloud.nat', { value: shown(translated) }));
}
