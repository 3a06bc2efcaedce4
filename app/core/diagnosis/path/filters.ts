import type { Connection } from '../../hba-analysis/decide.ts';
import { type Message, say } from '../../messages/message.ts';
import { firewallOn } from '../../model/host-firewall.ts';
import { type Layer, layersOf, type Way } from '../../model/layers.ts';
import type { AccessModel } from '../../model/model.ts';
import { isLoopback } from '../../net/loopback.ts';
import { addressText, contains, type Prefix, samePrefix } from '../../net/prefix.ts';
import { difference, isEmpty, setOf } from '../../net/set.ts';
import { addresses } from '../../plan/ways.ts';
import { numericAddress } from '../../postgres/hba/address.ts';
import type { Hop } from './hop.ts';

/** The address as the server sees it, and whose it is, according to the plan. */
export function addressHop(connection: Connection, model: AccessModel | undefined): Hop {
  const passes = (...says: Message[]): Hop => ({ kind: 'address', verdict: 'passes', says });
  const client = numericAddress(connection.address ?? '');
  if (connection.transport === 'local' || !client) return passes(say('path.address.socket'));
  const address = connection.address ?? '';
  if (isLoopback(client)) return passes(say('path.address.loopback', { address }));
  const mapped = client.family === 6 && client.bits >> 32n === 0xffffn ? [say('path.address.mapped', { address })] : [];
  if (!model) return passes(say('path.address.file', { address }), ...mapped);
  const own = model.clients.find(({ seenAs }) => seenAs.some((prefix) => contains(prefix, client)));
  if (!own) return passes(say('path.address.nobody', { address }), ...mapped);
  const why = own.seenBecause.text;
  return { ...passes(say('path.address.client', { address, client: own.client.name, why })), path: own.path };
}

/**
 * The filters of the cloud and of the server, which only the plan describes. `to` is a numeric address, or any text.
 */
export function filterHops(connection: Connection, to: string, model: AccessModel | undefined): Hop[] {
  const client = numericAddress(connection.address ?? '');
  if (connection.transport === 'local' || !client) return [];
  if (!model) return [{ kind: 'firewall', verdict: 'unknown', says: [say('path.filter.file')] }];
  const kinds = model.plan.cloud.provider === 'none' ? (['firewall'] as const) : (['cloud', 'firewall'] as const);
  const target = numericAddress(to);
  const ways = layersOf(model).ways.filter(
    (way) =>
      way.host === 'server' && way.to.family === client.family && (target === undefined || samePrefix(way.to, target)),
  );
  return kinds.map((kind) => filterHop(kind, client, target, ways, model));
}

function filterHop(
  kind: 'cloud' | 'firewall',
  client: Prefix,
  target: Prefix | undefined,
  ways: readonly Way[],
  { plan }: AccessModel,
): Hop {
  const found = ways.flatMap(({ to, layers }) => {
    const layer = layers.find((one) => one.kind === kind);
    return layer ? [{ to: addressText(to), passes: admits(layer, client) }] : [];
  });
  const path = kind === 'cloud' ? 'cloud' : 'firewall';
  const address = addressText(client);
  if (isLoopback(client)) return { kind, verdict: 'passes', says: [say('path.filter.loopback')], path };
  if (kind === 'firewall' && firewallOn(plan, 'server') === 'none')
    return { kind, verdict: 'passes', says: [say('path.filter.none')], path: 'firewall.kind' };
  const list = (passes: boolean) =>
    found
      .filter((one) => one.passes === passes)
      .map(({ to }) => to)
      .join(', ');
  if (found.length === 0) {
    const own = target ? addressText(target) : `IPv${client.family}`;
    return { kind, verdict: 'stops', says: [say('path.filter.noWay', { to: own })], path };
  }
  if (list(false) === '')
    return { kind, verdict: 'passes', says: [say('path.filter.passes', { address, to: list(true) })], path };
  return list(true) === ''
    ? { kind, verdict: 'stops', says: [say('path.filter.stops', { address, to: list(false) })], path }
    : {
        kind,
        verdict: 'depends',
        says: [say('path.filter.some', { address, to: list(true), others: list(false) })],
        path,
      };
}

const admits = ({ admits }: Layer, client: Prefix): boolean => isEmpty(difference(setOf([client]), admits));

/** The intended address of the server, if it can be determined; else the input. */
export function targetIn(to: string, connection: Connection, model: AccessModel | undefined): string {
  const client = numericAddress(connection.address ?? '');
  if (!client) return to;
  if (to === 'localhost' || (to === '' && isLoopback(client))) return client.family === 4 ? '127.0.0.1' : '::1';
  if (!model || to === '' || to !== model.plan.server.name) return to;
  const own = model.plan.server.addresses;
  const same = addresses([...own.private, ...own.vpn, ...own.public]).filter(({ family }) => family === client.family);
  return same.length === 1 && same[0] ? addressText(same[0]) : to;
}
