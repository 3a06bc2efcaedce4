import { type Pattern, WAYS } from '../../../core/index.ts';
import { blankPlan, isUntouched } from './blank.ts';
import type { Draft, DraftClient } from './draft.ts';

/**
 * The draft for another pattern: answers that do not depend on the pattern are kept, the rest start from the pattern's
 * default.
 */
export function withPattern(draft: Draft, pattern: Pattern): Draft {
  const before = draft.network.pattern;
  if (before === pattern) return draft;
  const start = blankPlan(pattern);
  if (isUntouched(draft)) return start;
  const usual = start.clients[0]?.sources ?? [];
  return {
    ...draft,
    network: networkOf(start, draft.server.name),
    server: { ...draft.server, addresses: { ...draft.server.addresses, vpn: start.server.addresses.vpn } },
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

/** The draft before the last changes of the pattern, and what they made of it. */
let tried: { readonly from: Draft; readonly to: Draft } | undefined;

/**
 * As `withPattern`, for a user who tries one pattern after another, as the arrow keys do: an answer that one of them does
 * not have is there again with the next.
 */
export function tryPattern(draft: Draft, pattern: Pattern): Draft {
  const from = tried?.to === draft ? tried.from : draft;
  const to = withPattern(from, pattern);
  tried = { from, to };
  return to;
}

/** The gateway is on the server until the user says otherwise, and so has its name. */
const networkOf = ({ network }: Draft, server: string | null): Draft['network'] =>
  network.pattern === 'vpn' && server !== null
    ? { ...network, gateway: { ...network.gateway, endpoint: server } }
    : network;

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
