import { defaultPlan, ownAuthority } from './defaults.ts';
import { type Pattern, PLAN_VERSION } from './schema.ts';

type Group = Readonly<Record<string, unknown>>;

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A group of answers with those that it lacks; anything else is left for the plan's door to refuse. */
const filled = (value: unknown, answers: Group): unknown => (isGroup(value) ? { ...answers, ...value } : value);

const each = (list: unknown, answers: Group): unknown =>
  Array.isArray(list) ? list.map((entry) => filled(entry, answers)) : list;

/** Answers that came with version 2, as version 1 behaved without them. */
const sinceVersion1 = {
  firewall: { rateLimit: null, sources: null },
  security: { groups: null, directTls: false },
  client: { cloudGroup: null },
  network: {
    direct: {},
    vpn: { software: { kind: 'wireguard' }, mtu: null },
    private: { replicationRole: 'replicator', replicationAuth: 'scram', slots: true },
    bastion: { ssh: { hostKeys: [], authority: false, service: false }, proxy: { kind: 'none' } },
  } satisfies Readonly<Record<Pattern, Group>>,
} as const;

/** Answers that came to version 2 after plans of it had been saved. */
const sinceVersion2 = { private: { replicationAuth: 'scram' } } as const;

/** A plan of an older version in the shape of this one, with the same meaning. What is no plan at all is given back as it is. */
export function migrate(json: unknown): unknown {
  if (isGroup(json) && json.version === PLAN_VERSION && isGroup(json.network) && json.network.pattern === 'private')
    return { ...json, network: filled(json.network, sinceVersion2.private) };
  if (!isGroup(json) || json.version !== 1) return json;
  const { cloud, monitoring, rollout } = defaultPlan('direct');
  const { network, security } = json;
  const pattern = isGroup(network) ? network.pattern : undefined;
  const lacking = Object.hasOwn(sinceVersion1.network, String(pattern))
    ? sinceVersion1.network[pattern as Pattern]
    : {};
  return {
    cloud,
    monitoring,
    rollout,
    ...json,
    version: PLAN_VERSION,
    network: filled(network, lacking),
    clients: each(json.clients, sinceVersion1.client),
    firewall: filled(json.firewall, sinceVersion1.firewall),
    security: isGroup(security)
      ? { ...sinceVersion1.security, ...security, certificate: certificate(security.certificate) }
      : security,
  };
}

const certificate = (value: unknown): unknown =>
  isGroup(value) && value.source === 'own-ca' ? filled(value, ownAuthority) : value;
