import { parseAddress } from '../net/prefix.ts';
import { isNetworkTag, isSecurityGroupId } from './cloud-fields.ts';
import type { Plan } from './schema.ts';
import { type Problem, problem, shown } from './text.ts';

/** How each cloud names a group of machines. */
const isGroupOf = {
  aws: isSecurityGroupId,
  azure: (name: string) => !isSecurityGroupId(name),
  google: (name: string) => !isSecurityGroupId(name) && isNetworkTag(name),
} as const;

/** What an answer about the cloud requires of others. */
export function cloudIssues(plan: Plan, refuse: (path: string, found: Problem) => void): void {
  const { cloud, server, clients } = plan;
  if (cloud.provider === 'none') return;
  for (const [index, { cloudGroup }] of clients.entries()) {
    if (cloudGroup === null || isGroupOf[cloud.provider](cloudGroup)) continue;
    const id = ({ aws: 'cloud.groupAws', azure: 'cloud.groupAzure', google: 'cloud.groupGoogle' } as const)[
      cloud.provider
    ];
    refuse(`clients.${index}.cloudGroup`, problem(id, { value: shown(cloudGroup) }));
  }
  // Amazon and Google route public IPv6 addresses to the machine itself; Azure translates both families.
  const translated = server.addresses.public.find(
    (text) => cloud.provider === 'azure' || parseAddress(text)?.family === 4,
  );
  const used = clients.some(({ via }) => via === 'public');
  if (translated !== undefined && used && !server.publicBehindNat)
    refuse('server.publicBehindNat', problem('cloud.nat', { value: shown(translated) }));
}
