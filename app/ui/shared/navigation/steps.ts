import type { Pattern } from '../../../core/index.ts';

export const STEPS = ['pattern', 'server', 'network', 'clients', 'security', 'operation', 'review'] as const;
export type Step = (typeof STEPS)[number];

/** One screen of questions. */
export type Group =
  | 'choice'
  | 'presets'
  | 'machine'
  | 'addresses'
  | 'public'
  | 'tunnel'
  | 'gateway'
  | 'peers'
  | 'subnets'
  | 'replicas'
  | 'bastion'
  | 'proxy'
  | 'forwarding'
  | 'clients'
  | 'administrators'
  | 'services'
  | 'tls'
  | 'logins'
  | 'firewall'
  | 'cloud'
  | 'logging'
  | 'watching'
  | 'rollout'
  | 'check'
  | 'take';

export const networkGroups: Readonly<Record<Pattern, readonly Group[]>> = {
  direct: ['public'],
  vpn: ['tunnel', 'gateway', 'peers'],
  private: ['subnets', 'replicas'],
  bastion: ['bastion', 'proxy', 'forwarding'],
};

/** The screens of a step, in order. */
export function groupsOf(step: Step, pattern: Pattern): readonly Group[] {
  switch (step) {
    case 'pattern':
      return ['choice', 'presets'];
    case 'server':
      return pattern === 'direct' ? ['machine'] : ['machine', 'addresses'];
    case 'network':
      return networkGroups[pattern];
    case 'clients':
      return ['clients'];
    case 'security':
      return ['administrators', 'services', 'tls', 'logins', 'firewall', 'cloud'];
    case 'operation':
      return ['logging', 'watching', 'rollout'];
    case 'review':
      return ['check', 'take'];
  }
}

export interface Spot {
  readonly step: Step;
  readonly group: Group;
}
