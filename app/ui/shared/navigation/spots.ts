import type { Pattern } from '../../../core/index.ts';
import { isUnder } from '../draft/at.ts';
import { type Group, groupsOf, networkGroups, type Spot, STEPS, type Step } from './steps.ts';

/** Every screen, in the order in which they are visited. */
const spotsOf = (pattern: Pattern): readonly Spot[] =>
  STEPS.flatMap((step) => groupsOf(step, pattern).map((group): Spot => ({ step, group })));

/** Issues in the order of the screens that have their answers. */
export function inOrder<Of extends { readonly path: string }>(issues: readonly Of[], pattern: Pattern): readonly Of[] {
  const groups = spotsOf(pattern).map(({ group }) => group);
  const placeOf = ({ path }: Of) => groups.indexOf(spotOf(path, pattern).group);
  return issues.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The screens before and after a screen, across the steps. */
export function spotsBeside(
  { step, group }: Spot,
  pattern: Pattern,
): { readonly before?: Spot; readonly after?: Spot } {
  const spots = spotsOf(pattern);
  // Another pattern may lack the current screen.
  const known = groupsOf(step, pattern).includes(group);
  const here = spots.findIndex((spot) => spot.step === step && (!known || spot.group === group));
  const [before, after] = [spots[here - 1], spots[here + 1]];
  return { ...(before && { before }), ...(after && { after }) };
}

/** The screen of the answer at a plan path. The first matching prefix decides. */
export function spotOf(path: string, pattern: Pattern): Spot {
  const found = spots(pattern).find(([, , ...prefixes]) => prefixes.some((prefix) => isUnder(path, prefix)));
  return found ? { step: found[0], group: found[1] } : { step: 'review', group: 'check' };
}

type Screens = readonly (readonly [Step, Group, ...string[]])[];

const known = new Map<Pattern, Screens>();

/** Screens with the prefixes of their answers. */
function spots(pattern: Pattern): Screens {
  const screens = known.get(pattern) ?? screensOf(pattern);
  known.set(pattern, screens);
  return screens;
}

function screensOf(pattern: Pattern): Screens {
  const direct = pattern === 'direct';
  const [firstOfNetwork = 'public'] = networkGroups[pattern];
  return [
    [direct ? 'network' : 'server', direct ? 'public' : 'addresses', 'server.addresses', 'server.publicBehindNat'],
    ['server', 'machine', 'server'],
    ['pattern', 'choice', 'network.pattern'],
    ['network', 'gateway', 'network.gateway'],
    ['network', 'peers', 'network.peers'],
    ['network', 'replicas', 'network.replicas', 'network.replicationRole', 'network.replicationAuth', 'network.slots'],
    ['network', 'proxy', 'network.proxy'],
    ['network', 'forwarding', 'network.ssh', 'network.users', 'network.groups', 'network.alsoReaches'],
    ['network', firstOfNetwork, 'network'],
    ['clients', 'clients', 'clients'],
    ['security', 'services', 'administration.services'],
    ['security', 'administrators', 'administration'],
    [
      'security',
      'tls',
      'security.certificate',
      'security.hostCertificates',
      'security.tlsMinimum',
      'security.ciphers',
      'security.groups',
      'security.directTls',
    ],
    [
      'security',
      'logins',
      'security.passwordHashing',
      'security.authenticationTimeout',
      'security.remoteSuperuser',
      'security.finalReject',
      'security.publicConnect',
      'security.publicCreate',
    ],
    ['operation', 'logging', 'security'],
    ['security', 'firewall', 'firewall'],
    ['security', 'cloud', 'cloud'],
    ['operation', 'watching', 'monitoring'],
    ['operation', 'rollout', 'rollout'],
    ['review', 'take', 'title', 'notes'],
  ];
}
