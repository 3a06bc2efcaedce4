import { MAIN_CLUSTER } from '../postgres/cluster.ts';
import { defaultPlan, ownAuthority } from './defaults.ts';
import { type Pattern, PLAN_VERSION } from './schema.ts';

type Group = Readonly<Record<string, unknown>>;

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A group of answers with missing ones appended after existing ones, so that a complete plan keeps the exact order of
 * its text. Anything else is left for plan validation to reject.
 */
const filled = (value: unknown, answers: Group): unknown =>
  isGroup(value) ? { ...value, ...answers, ...value } : value;

const each = (list: unknown, answers: Group): unknown =>
  Array.isArray(list) ? list.map((entry) => filled(entry, answers)) : list;

/** Answers added in version 2, with values that match the behavior of version 1. */
const sinceVersion1 = {
  firewall: { rateLimit: null, sources: null },
  security: { groups: null, directTls: false },
  client: { cloudGroup: null },
  network: {
    direct: {},
    vpn: { software: { kind: 'wireguard' }, mtu: null },
    private: { replicationRole: 'replicator', slots: true },
    bastion: { ssh: { hostKeys: [], authority: false, service: false }, proxy: { kind: 'none' } },
  } satisfies Readonly<Record<Pattern, Group>>,
} as const;

/**
 * Answers that were added to version 2 after plans had been saved, with the value that keeps such a plan's meaning: by
 * group of the plan, for each client and its LDAP search, and for each pattern of the network.
 */
const addedToVersion2 = {
  groups: {
    server: { cluster: MAIN_CLUSTER, rules: 'replace' },
    administration: { services: [] },
    security: { publicConnect: 'revoke', publicCreate: 'keep', hostCertificates: [] },
  },
  client: { privileges: 'none' },
  search: { bindDn: null },
  network: { direct: {}, vpn: {}, private: { replicationAuth: 'scram' }, bastion: {} },
} as const satisfies {
  readonly groups: Readonly<Record<string, Group>>;
  readonly client: Group;
  readonly search: Group;
  readonly network: Readonly<Record<Pattern, Group>>;
};

/**
 * A plan of an older version in the shape of this one, with the same meaning. Anything that is not a plan is returned
 * unchanged.
 */
export function migrate(json: unknown): unknown {
  if (!isGroup(json)) return json;
  if (json.version === 1) return completed(ofVersion1(json));
  return json.version === PLAN_VERSION ? completed(json) : json;
}

function completed(json: Group): Group {
  const { groups, client, search, network } = addedToVersion2;
  const later = Object.entries<Group>(groups).flatMap(([group, answers]) =>
    Object.hasOwn(json, group) ? [[group, filled(json[group], answers)]] : [],
  );
  return {
    ...json,
    ...Object.fromEntries(later),
    ...(Object.hasOwn(json, 'clients') && { clients: withSearch(each(json.clients, client), search) }),
    ...(Object.hasOwn(json, 'network') && { network: filled(json.network, ofPattern(network, json.network)) }),
  };
}

/** Clients whose LDAP search has missing answers filled in. */
const withSearch = (clients: unknown, answers: Group): unknown =>
  Array.isArray(clients) ? clients.map((client) => withAnswers(client, ['auth', 'bind'], answers)) : clients;

function withAnswers(value: unknown, [key, ...rest]: readonly string[], answers: Group): unknown {
  if (!isGroup(value)) return value;
  if (key === undefined) return value.kind === 'search' ? filled(value, answers) : value;
  return Object.hasOwn(value, key) ? { ...value, [key]: withAnswers(value[key], rest, answers) } : value;
}

function ofPattern(answers: Readonly<Record<Pattern, Group>>, network: unknown): Group {
  const pattern = isGroup(network) ? String(network.pattern) : '';
  return Object.hasOwn(answers, pattern) ? answers[pattern as Pattern] : {};
}

function ofVersion1(json: Group): Group {
  const { cloud, monitoring, rollout } = defaultPlan('direct');
  const { network, security } = json;
  return {
    cloud,
    monitoring,
    rollout,
    ...json,
    version: PLAN_VERSION,
    network: filled(network, ofPattern(sinceVersion1.network, network)),
    clients: each(json.clients, sinceVersion1.client),
    firewall: filled(json.firewall, sinceVersion1.firewall),
    security: isGroup(security)
      ? { ...sinceVersion1.security, ...security, certificate: certificate(security.certificate) }
      : security,
  };
}

const certificate = (value: unknown): unknown =>
  isGroup(value) && value.source === 'own-ca' ? filled(value, ownAuthority) : value;
