import { defaultPlan, type Pattern, WAYS } from '../../../core/index.ts';
import type { Draft, DraftClient } from './draft.ts';

/**
 * The draft for another pattern: answers that do not depend on the pattern are kept, the rest start from the pattern's
 * default.
 */
export function withPattern(draft: Draft, pattern: Pattern): Draft {
  const before = draft.network.pattern;
  if (before === pattern) return draft;
  const start: Draft = defaultPlan(pattern);
  if (sameAnswers(draft, defaultPlan(before))) return start;
  const { addresses } = draft.server;
  const isV6 = (text: string) => text.includes(':');
  const filled = (own: readonly string[], usual: readonly string[]) => [...(own.length > 0 ? own : usual)];
  const now = {
    public: filled(addresses.public, start.server.addresses.public),
    private: filled(addresses.private, start.server.addresses.private),
    vpn: start.server.addresses.vpn,
  };
  // A source is only useful if the server has an address of its family.
  const entrance = pattern === 'direct' ? now.public : pattern === 'private' ? now.private : undefined;
  const usual = (start.clients[0]?.sources ?? []).filter(
    (source) => entrance === undefined || entrance.some((address) => isV6(address) === isV6(source)),
  );
  return {
    ...draft,
    network: start.network,
    server: { ...draft.server, addresses: now },
    clients: draft.clients.map((client) => moved(client, before, pattern, usual)),
    administration: {
      ...draft.administration,
      people: draft.administration.people.map((person) => ({
        ...person,
        path: person.path === 'console' ? 'console' : pattern === 'bastion' ? 'bastion' : 'ssh',
      })),
    },
  };
}

/**
 * Clients of the old pattern's own access path switch to the new one's. Addresses carry over unless a tunnel is added
 * or removed.
 */
function moved(client: DraftClient, before: Pattern, after: Pattern, usualSources: readonly string[]): DraftClient {
  const [own = 'public'] = WAYS[after];
  const via = client.via !== WAYS[before][0] && WAYS[after].includes(client.via) ? client.via : own;
  const otherTunnel = via !== client.via && (via === 'vpn' || client.via === 'vpn');
  return {
    ...client,
    via,
    sources: otherTunnel ? [...usualSources] : client.sources,
    endpoint: after === 'private' ? client.endpoint : 'primary',
  };
}

const sameAnswers = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
