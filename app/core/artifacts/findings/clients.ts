import { meet } from '../../access/grants.ts';
import type { AccessModel, ClientAccess, Grant } from '../../access/model.ts';
import { type Message, say } from '../../messages/message.ts';
import { contains, type Prefix, prefixText, width } from '../../net/prefix.ts';
import { prefixes } from '../../plan/ways.ts';
import { type Finding, finding } from './finding.ts';

/** What is worth knowing about each client. */
export function clientFindings(model: AccessModel): Finding[] {
  if (model.clients.length === 0) return [finding('no-clients', 'note', 'clients')];
  return [...model.clients.flatMap((access) => oneClient(model, access)), ...contradictions(model)];
}

function oneClient(model: AccessModel, access: ClientAccess): Finding[] {
  return [...sourceFindings(model, access), ...transportFindings(model, access), ...nameFindings(model, access)];
}

function sourceFindings({ plan }: AccessModel, { client, path, sources }: ClientAccess): Finding[] {
  const subnets = plan.network.pattern === 'private' ? prefixes(plan.network.subnets) : [];
  return sources.flatMap((source, index): Finding[] => {
    const at = `${path}.sources.${index}`;
    const values = { client: client.name, source: prefixText(source) };
    if (source.length === 0)
      return [finding('everyone', 'danger', at, values, ['CIS PostgreSQL Benchmark, section 5'])];
    if (source.bits === 0n && source.length === width(source.family)) {
      return [finding('nobody', 'warning', at, { ...values, all: source.family === 4 ? '0.0.0.0/0' : '::/0' })];
    }
    const outer = sources.find(
      (other, place) => place !== index && contains(other, source) && (other.length < source.length || place < index),
    );
    if (outer) return [finding('inside', 'note', at, { ...values, outer: prefixText(outer) })];
    if (client.via === 'private' && subnets.length > 0 && !subnets.some((subnet) => contains(subnet, source))) {
      return [finding('outside-subnet', 'warning', at, values)];
    }
    return client.via === 'public' && isWide(source)
      ? [finding('wide', 'warning', at, { ...values, count: countText(source) })]
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
    found.push(finding('clear-text', client.via === 'public' ? 'danger' : 'warning', `${path}.tls`, values));
  if (client.verify === 'none')
    found.push(finding('no-verify', tunnelled ? 'note' : 'warning', `${path}.verify`, values));
  if (client.verify === 'ca' && plan.security.certificate.source === 'own-ca')
    found.push(finding('verify-ca', 'note', `${path}.verify`, values));
  if (client.auth.method === 'ldap' && (client.tls === 'allow' || client.auth.tls === 'none')) {
    found.push(finding('ldap-clear', 'danger', `${path}.auth.tls`, values));
  }
  if (client.auth.method === 'ldap' || client.auth.method === 'gss') {
    const option = client.auth.method === 'gss' ? 'gssapi' : 'ldap';
    found.push(
      finding('build-method', 'note', `${path}.auth.method`, { ...values, method: client.auth.method, option }),
    );
  }
  if (client.auth.method === 'cert+scram' && release.major < 12)
    found.push(finding('certificate-name', 'warning', `${path}.auth.method`, values));
  return found;
}

const keywords = new Set(['all', 'replication', 'sameuser', 'samerole', 'samegroup']);

function nameFindings({ release }: AccessModel, { client, path }: ClientAccess): Finding[] {
  const databases = client.databases === 'all' ? [] : client.databases;
  const names = [
    ...client.roles.map((name, index) => ({ name, at: `${path}.roles.${index}` })),
    ...databases.map((name, index) => ({ name, at: `${path}.databases.${index}` })),
  ];
  return names.flatMap(({ name, at }): Finding[] => {
    if (keywords.has(name)) return [finding('keyword-name', 'note', at, { name }, ['postgresql.org, manual 20.1'])];
    return name.startsWith('/') && release.major >= 16 ? [finding('slash-name', 'note', at, { name })] : [];
  });
}

/** Pairs of clients that the same connection would match with different rules: the earlier record decides. */
function contradictions({ grants, clients }: AccessModel): Finding[] {
  const records = grants.filter(({ section, method }) => section === 'clients' && method !== 'reject');
  const seen = new Set<string>();
  return records.flatMap((first, index) =>
    records.slice(index + 1).flatMap((later): Finding[] => {
      const key = `${first.client} ${later.client}`;
      if (first.client === later.client || seen.has(key) || sameRules(first, later) || !meet(first, later)) return [];
      // A narrower network with rules of its own is what narrow-before-broad is for.
      if (isNarrower(first, later)) return [];
      seen.add(key);
      const [one, other] = [clients[first.client ?? -1], clients[later.client ?? -1]];
      if (!one || !other) return [];
      const role = one.client.roles.find((name) => other.client.roles.includes(name)) ?? '';
      const shared = shareDatabase(one, other);
      const values = {
        client: one.client.name,
        other: other.client.name,
        source: first.address === null || first.address === 'all' ? '' : prefixText(first.address),
        role,
        database: shared,
        method: methodWord(first).text,
        otherMethod: methodWord(later).text,
      };
      return [
        finding('contradiction', 'warning', other.path, values, [
          'postgresql.org, manual 20.1: the first matching record',
        ]),
      ];
    }),
  );
}

const sameRules = (a: Grant, b: Grant) =>
  a.method === b.method && a.connection === b.connection && JSON.stringify(a.options) === JSON.stringify(b.options);

const isNarrower = (a: Grant, b: Grant): boolean =>
  a.address !== null &&
  a.address !== 'all' &&
  b.address !== null &&
  b.address !== 'all' &&
  a.address.length > b.address.length;

const methodWord = (grant: Grant): Message =>
  say(grant.connection === 'hostssl' ? 'method.overTls' : 'method.plain', {
    method: grant.options.some(([name]) => name === 'clientcert') ? `${grant.method} and a certificate` : grant.method,
  });

function shareDatabase(one: ClientAccess, other: ClientAccess): string {
  if (one.client.databases === 'all')
    return other.client.databases === 'all' ? say('databases.all').text : (other.client.databases[0] ?? '');
  const theirs = other.client.databases;
  return theirs === 'all'
    ? (one.client.databases[0] ?? '')
    : (one.client.databases.find((name) => theirs.includes(name)) ?? '');
}
