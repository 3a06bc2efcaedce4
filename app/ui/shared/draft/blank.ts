import { defaultClient, type Pattern, patternPlan } from '../../../core/index.ts';
import type { Draft, DraftClient } from './draft.ts';

/**
 * A new plan: the answers that can be defended for everyone, and nothing in place of those that only the user knows. A
 * VPN starts with a tunnel network of its own, which both ends agree on.
 */
export function blankPlan(pattern: Pattern): Draft {
  const start: Draft = patternPlan(pattern);
  const { network } = start;
  const sources = network.pattern === 'vpn' ? network.tunnel : [];
  return {
    ...start,
    server: {
      ...start.server,
      name: null,
      addresses: { public: [], private: [], vpn: start.server.addresses.vpn },
    },
    network:
      network.pattern === 'vpn'
        ? { ...network, gateway: { ...network.gateway, endpoint: '' } }
        : network.pattern === 'private'
          ? { ...network, subnets: [] }
          : network.pattern === 'bastion'
            ? { ...network, name: '', publicAddresses: [], privateAddresses: [] }
            : network,
    clients: start.clients.map((client) => ({ ...client, sources: [...sources], roles: [], databases: [] })),
    administration: {
      ...start.administration,
      people: start.administration.people.map((person) => ({ ...person, sources: [] })),
    },
  };
}

/** A new client: the safe answers, without a role or a database. */
export const blankClient = (via: DraftClient['via'], name: string): DraftClient => ({
  ...defaultClient(via),
  name,
  roles: [],
  databases: [],
});

/** Whether the draft is a new plan that nobody has answered anything in. */
export const isUntouched = (draft: Draft): boolean =>
  JSON.stringify(draft) === JSON.stringify(blankPlan(draft.network.pattern));
