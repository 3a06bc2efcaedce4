import { grouped } from '../../grouped.ts';
import { type Message, say } from '../../messages/message.ts';
import { namesOverlap } from '../../model/hba-entries.ts';
import type { AccessModel, ClientAccess, HbaEntry } from '../../model/model.ts';
import { type Prefix, prefixKey, prefixText, width } from '../../net/prefix.ts';
import { PrefixIndex } from '../../net/prefix-index.ts';
import { discoveryOf, validatorOption } from '../../plan/oauth-fields.ts';
import type { Auth } from '../../plan/schema.ts';
import { prefixes } from '../../plan/ways.ts';
import { type Finding, finding, listed } from './finding.ts';

/** Findings about each client. */
export function clientFindings(model: AccessModel): Finding[] {
  if (model.clients.length === 0) return [finding('no-clients', 'info', 'clients')];
  const { network } = model.plan;
  const subnets = indexed(network.pattern === 'private' ? prefixes(network.subnets) : []);
  return [
    ...model.clients.flatMap((access) => [
      ...sourceFindings(subnets, access),
      ...transportFindings(model, access),
      ...nameFindings(model, access),
    ]),
    ...contradictions(model),
  ];
}

/** Networks with their indexes in the list. */
const indexed = (networks: readonly Prefix[]): PrefixIndex<number> =>
  new PrefixIndex(networks.map((prefix, index) => [prefix, index] as const));

function sourceFindings(subnets: PrefixIndex<number>, { client, path, sources }: ClientAccess): Finding[] {
  const own = indexed(sources);
  return sources.flatMap((source, index): Finding[] => {
    const at = `${path}.sources.${index}`;
    const values = { client: client.name, source: prefixText(source) };
    if (source.length === 0) return [finding('everyone', 'high', at, values)];
    if (source.bits === 0n && source.length === width(source.family)) {
      return [finding('nobody', 'medium', at, { ...values, all: source.family === 4 ? '0.0.0.0/0' : '::/0' })];
    }
    // Plan validation rejects duplicate networks, so any other network that contains it is larger.
    const outer =
      sources[
        Math.min(
          ...own
            .covering(source)
            .flat()
            .filter((place) => place !== index),
        )
      ];
    if (outer) return [finding('inside', 'low', at, { ...values, outer: prefixText(outer) })];
    if (client.via === 'private' && !subnets.isEmpty && !subnets.covers(source)) {
      return [finding('outside-subnet', 'medium', at, values)];
    }
    return client.via === 'public' && isWide(source)
      ? [finding('wide', 'medium', at, { ...values, count: countText(source) })]
      : [];
  });
}

/** More than a large company's networks: over 65,536 IPv4 addresses, or wider than one provider's usual IPv6 block. */
const isWide = ({ family, length }: Prefix) => length < (family === 4 ? 16 : 32);
const countText = ({ family, length }: Prefix) => (family === 4 ? String(2 ** (32 - length)) : `2^${128 - length}`);

function transportFindings({ plan, release }: AccessModel, { client, path }: ClientAccess): Finding[] {
  if (client.via === 'socket') return [];
  const values = { client: client.name };
  const found: Finding[] = [];
  const tunnelled = client.via === 'vpn' || client.via === 'bastion';
  if (client.tls === 'allow')
    found.push(finding('clear-text', client.via === 'public' ? 'high' : 'medium', `${path}.tls`, values));
  if (client.verify === 'none')
    found.push(finding('no-verify', tunnelled ? 'low' : 'medium', `${path}.verify`, values));
  if (client.verify === 'ca' && plan.security.certificate.source === 'own-ca')
    found.push(finding('verify-ca', 'low', `${path}.verify`, values));
  if (client.auth.method === 'ldap' && client.auth.bind.kind === 'search' && client.auth.bind.bindDn === null) {
    found.push(finding('ldap-anonymous', 'medium', `${path}.auth.bind.bindDn`, values));
  }
  if (client.auth.method === 'ldap' && (client.tls === 'allow' || client.auth.tls === 'none')) {
    found.push(finding('ldap-clear', 'high', `${path}.auth.tls`, values));
  }
  const bare = client.roles.find((role) => !role.includes('@'));
  if (client.auth.method === 'gss' && client.auth.includeRealm && bare !== undefined)
    found.push(finding('gss-realm', 'high', `${path}.auth.includeRealm`, { ...values, role: bare }));
  if (client.auth.method === 'ldap' || client.auth.method === 'gss') {
    const option = client.auth.method === 'gss' ? 'gssapi' : 'ldap';
    found.push(
      finding('build-method', 'info', `${path}.auth.method`, { ...values, method: client.auth.method, option }),
    );
  }
  if (client.auth.method === 'oauth') found.push(...oauthFindings(client.auth, path, values));
  if (client.auth.method === 'cert+scram' && release.major < 12)
    found.push(finding('certificate-name', 'medium', `${path}.auth.method`, values));
  return found;
}

/** What PostgreSQL finds out only when someone logs in: a reload accepts all of it. */
function oauthFindings(
  { issuer, validator, options, clientId, mapping }: Extract<Auth, { method: 'oauth' }>,
  path: string,
  values: { readonly client: string },
): Finding[] {
  const at = `${path}.auth`;
  return [
    finding('oauth-validator', 'info', `${at}.validator`, { ...values, validator }),
    finding('oauth-audience', 'low', `${at}.validator`, { ...values, validator }),
    finding('oauth-issuer', 'info', `${at}.issuer`, { ...values, ...discoveryOf(issuer) }),
    ...(clientId === null ? [finding('oauth-client-id', 'info', `${at}.clientId`, values)] : []),
    ...(options.length === 0
      ? []
      : [
          finding('oauth-options', 'medium', `${at}.options`, {
            ...values,
            validator,
            options: options.map((option) => validatorOption(option).name).join(', '),
          }),
        ]),
    ...(mapping.kind === 'validator'
      ? [finding('oauth-delegated', 'high', `${at}.mapping.kind`, { ...values, validator })]
      : []),
  ];
}

const keywords = new Set(['all', 'replication', 'sameuser', 'samerole', 'samegroup']);

function nameFindings({ release }: AccessModel, { client, path }: ClientAccess): Finding[] {
  const databases = client.databases === 'all' ? [] : client.databases;
  const names = [
    ...client.roles.map((name, index) => ({ name, at: `${path}.roles.${index}` })),
    ...databases.map((name, index) => ({ name, at: `${path}.databases.${index}` })),
  ];
  return names.flatMap(({ name, at }): Finding[] => {
    if (keywords.has(name)) return [finding('keyword-name', 'low', at, { name })];
    return name.startsWith('/') && release.major >= 16 ? [finding('slash-name', 'low', at, { name })] : [];
  });
}

/**
 * Pairs of clients that the same connection would match with different rules: the earlier record decides. A narrower
 * network with its own rules is the purpose of narrow-before-broad, so only records of the same network are compared.
 */
function contradictions({ hbaEntries, clients }: AccessModel): Finding[] {
  const records = hbaEntries.filter(({ section, method }) => section === 'clients' && method !== 'reject');
  const networks = grouped(records.map((record) => [networkOf(record), record] as const));
  return listed(contradicting([...networks.values()]), ([first, later]): Finding[] => {
    const [one, other] = [clients[first.client ?? -1], clients[later.client ?? -1]];
    if (!one || !other) return [];
    const role = one.client.roles.find((name) => other.client.roles.includes(name)) ?? '';
    const values = {
      client: one.client.name,
      other: other.client.name,
      source: first.address === null || first.address === 'all' ? '' : prefixText(first.address),
      role,
      database: shareDatabase(one, other),
      method: methodWord(first).text,
      otherMethod: methodWord(later).text,
    };
    return [finding('contradiction', 'medium', other.path, values)];
  });
}

const networkOf = ({ address }: HbaEntry): string => (address === null || address === 'all' ? '' : prefixKey(address));

/**
 * For two clients, the first records of one network that share a database and a role and have different requirements.
 */
function contradicting(networks: readonly (readonly HbaEntry[])[]): (readonly [HbaEntry, HbaEntry])[] {
  const found = new Map<string, readonly [HbaEntry, HbaEntry]>();
  for (const records of networks) {
    const rules = records.map(({ method, connection, options }) => JSON.stringify([method, connection, options]));
    if (new Set(rules).size === 1) continue;
    for (const [index, first] of records.entries()) {
      const meets = namesOverlap(first);
      for (let at = index + 1; at < records.length; at++) {
        const later = records[at];
        if (!later || first.client === later.client || rules[index] === rules[at] || !meets(later)) continue;
        const key = `${first.client} ${later.client}`;
        if (!found.has(key)) found.set(key, [first, later]);
      }
    }
  }
  return [...found.values()];
}

const methodWord = (entry: HbaEntry): Message =>
  say(entry.connection === 'hostssl' ? 'method.overTls' : 'method.plain', {
    method: entry.options.some(([name]) => name === 'clientcert') ? `${entry.method} and a certificate` : entry.method,
  });

function shareDatabase(one: ClientAccess, other: ClientAccess): string {
  if (one.client.databases === 'all')
    return other.client.databases === 'all' ? say('databases.all').text : (other.client.databases[0] ?? '');
  const theirs = other.client.databases;
  return theirs === 'all'
    ? (one.client.databases[0] ?? '')
    : (one.client.databases.find((name) => theirs.includes(name)) ?? '');
}
