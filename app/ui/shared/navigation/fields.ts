import { at } from '../draft/at.ts';
import type { Draft } from '../draft/draft.ts';
import type { QuestionId } from '../messages/translate.ts';

/** A question of the forms: the plan path of its answer, and its label. `*` is an entry of a list. */
export type FieldEntry = readonly [path: string, question: QuestionId];

/**
 * Every question of the forms, in the order of the screens. An answer that the current plan doesn't have (such as the
 * proxy port without a proxy) has no path in the draft, and isn't offered.
 */
export const FIELDS: readonly FieldEntry[] = [
  ['server.name', 'server.name'],
  ['server.major', 'server.major'],
  ['server.platform', 'server.platform'],
  ['server.port', 'server.port'],
  ['server.rules', 'server.rules'],
  ['server.cluster', 'server.cluster'],
  ['server.dataDirectory', 'server.dataDirectory'],
  ['server.configDirectory', 'server.configDirectory'],
  ['server.superuser', 'server.superuser'],
  ['server.osUser', 'server.osUser'],
  ['server.addresses.private', 'server.addresses.private'],
  ['server.addresses.public', 'server.addresses.public'],
  ['server.addresses.vpn', 'server.addresses.vpn'],
  ['server.publicBehindNat', 'server.publicBehindNat'],
  ['network.software.kind', 'network.software'],
  ['network.software.authentication', 'network.authentication'],
  ['network.software.format', 'cloud.format'],
  ['network.software.resourceGroup', 'cloud.resourceGroup'],
  ['network.software.location', 'cloud.location'],
  ['network.software.virtualNetwork', 'network.virtualNetwork'],
  ['network.software.gatewaySubnet', 'network.gatewaySubnet'],
  ['network.gateway.placement', 'network.placement'],
  ['network.tunnel', 'network.tunnel'],
  ['network.gateway.endpoint', 'network.endpoint'],
  ['network.gateway.endpoint', 'network.endpointAzure'],
  ['network.gateway.port', 'network.gatewayPort'],
  ['network.gateway.addresses', 'network.gatewayAddresses'],
  ['network.gateway.privateAddresses', 'network.gatewayPrivate'],
  ['network.gateway.publicKey', 'network.gatewayKey'],
  ['network.gateway.name', 'network.gatewayName'],
  ['network.mtu', 'network.mtu'],
  ['network.peers', 'network.peers'],
  ['network.peers.*.name', 'peer.name'],
  ['network.peers.*.addresses', 'peer.addresses'],
  ['network.peers.*.networks', 'peer.networks'],
  ['network.peers.*.publicKey', 'peer.publicKey'],
  ['network.peers.*.endpoint', 'peer.endpoint'],
  ['network.peers.*.endpoint.host', 'peer.endpointHost'],
  ['network.peers.*.endpoint.port', 'peer.endpointPort'],
  ['network.subnets', 'network.subnets'],
  ['network.replicas', 'network.replicas'],
  ['network.replicas.*.name', 'replica.name'],
  ['network.replicas.*.addresses', 'replica.addresses'],
  ['network.replicationRole', 'network.replicationRole'],
  ['network.replicationAuth', 'network.replicationAuth'],
  ['network.slots', 'network.slots'],
  ['network.name', 'bastion.name'],
  ['network.publicAddresses', 'bastion.publicAddresses'],
  ['network.privateAddresses', 'bastion.privateAddresses'],
  ['network.port', 'bastion.port'],
  ['network.proxy.kind', 'proxy.kind'],
  ['network.proxy.port', 'proxy.port'],
  ['network.proxy.poolMode', 'proxy.poolMode'],
  ['network.proxy.authRole', 'proxy.authRole'],
  ['network.groups', 'bastion.groups'],
  ['network.users', 'bastion.users'],
  ['network.alsoReaches', 'bastion.alsoReaches'],
  ['network.ssh.hostKeys', 'bastion.hostKeys'],
  ['network.ssh.authority', 'bastion.authority'],
  ['network.ssh.service', 'bastion.service'],
  ['clients', 'clients'],
  ['clients.*.name', 'client.name'],
  ['clients.*.via', 'client.via'],
  ['clients.*.sources', 'client.sources'],
  ['clients.*.roles', 'client.roles'],
  ['clients.*.databases', 'client.databases'],
  ['clients.*.privileges', 'client.privileges'],
  ['clients.*.auth.method', 'client.auth'],
  ['clients.*.auth.realm', 'gss.realm'],
  ['clients.*.auth.includeRealm', 'gss.includeRealm'],
  ['clients.*.auth.server', 'ldap.server'],
  ['clients.*.auth.port', 'ldap.port'],
  ['clients.*.auth.tls', 'ldap.tls'],
  ['clients.*.auth.bind.kind', 'ldap.bind'],
  ['clients.*.auth.bind.baseDn', 'ldap.baseDn'],
  ['clients.*.auth.bind.attribute', 'ldap.attribute'],
  ['clients.*.auth.bind.bindDn', 'ldap.bindDn'],
  ['clients.*.auth.bind.prefix', 'ldap.prefix'],
  ['clients.*.auth.bind.suffix', 'ldap.suffix'],
  ['clients.*.auth.issuer', 'oauth.issuer'],
  ['clients.*.auth.scope', 'oauth.scope'],
  ['clients.*.auth.clientId', 'oauth.clientId'],
  ['clients.*.auth.validator', 'oauth.validator'],
  ['clients.*.auth.options', 'oauth.options'],
  ['clients.*.auth.mapping.kind', 'oauth.mapping'],
  ['clients.*.auth.mapping.identities', 'oauth.identities'],
  ['clients.*.tls', 'client.tls'],
  ['clients.*.verify', 'client.verify'],
  ['clients.*.replication', 'client.replication'],
  ['clients.*.endpoint', 'client.endpoint'],
  ['clients.*.connectionLimit', 'client.connectionLimit'],
  ['clients.*.cloudGroup', 'client.cloudGroup'],
  ['clients.*.validUntil', 'client.validUntil'],
  ['administration.people', 'administration.people'],
  ['administration.people.*.name', 'person.name'],
  ['administration.people.*.path', 'person.path'],
  ['administration.people.*.sources', 'person.sources'],
  ['administration.sshPort', 'administration.sshPort'],
  ['administration.loopback', 'administration.loopback'],
  ['administration.services', 'administration.services'],
  ['administration.services.*.name', 'service.name'],
  ['administration.services.*.kind', 'service.kind'],
  ['administration.services.*.role', 'service.role'],
  ['administration.services.*.databases', 'service.databases'],
  ['administration.services.*.login', 'service.login'],
  ['security.certificate.source', 'security.certificate'],
  ['security.certificate.certificateFile', 'security.certificateFile'],
  ['security.certificate.keyFile', 'security.keyFile'],
  ['security.certificate.rootFile', 'security.rootFile'],
  ['security.certificate.revocation', 'security.revocation'],
  ['security.certificate.algorithm', 'security.algorithm'],
  ['security.certificate.days', 'security.days'],
  ['security.hostCertificates', 'security.hostCertificates'],
  ['security.hostCertificates.*.name', 'hostCertificate.name'],
  ['security.hostCertificates.*.certificateFile', 'hostCertificate.certificateFile'],
  ['security.hostCertificates.*.keyFile', 'hostCertificate.keyFile'],
  ['security.tlsMinimum', 'security.tlsMinimum'],
  ['security.ciphers', 'security.ciphers'],
  ['security.groups', 'security.groups'],
  ['security.groups', 'security.curve'],
  ['security.directTls', 'security.directTls'],
  ['security.passwordHashing', 'security.passwordHashing'],
  ['security.remoteSuperuser', 'security.remoteSuperuser'],
  ['security.finalReject', 'security.finalReject'],
  ['security.publicConnect', 'security.publicConnect'],
  ['security.publicCreate', 'security.publicCreate'],
  ['security.authenticationTimeout', 'security.authenticationTimeout'],
  ['firewall.kind', 'firewall.kind'],
  ['firewall.rateLimit', 'firewall.rateLimit'],
  ['firewall.sources', 'firewall.otherSources'],
  ['firewall.sources', 'firewall.sources'],
  ['cloud.provider', 'cloud.provider'],
  ['cloud.format', 'cloud.format'],
  ['cloud.region', 'cloud.region'],
  ['cloud.vpc', 'cloud.vpc'],
  ['cloud.resourceGroup', 'cloud.resourceGroup'],
  ['cloud.location', 'cloud.location'],
  ['cloud.project', 'cloud.project'],
  ['cloud.network', 'cloud.network'],
  ['cloud.groupName', 'cloud.groupName'],
  ['cloud.groupName', 'cloud.networkTag'],
  ['cloud.rulesPerGroup', 'cloud.rulesPerGroup'],
  ['cloud.firstPriority', 'cloud.firstPriority'],
  ['cloud.sources', 'cloud.otherSources'],
  ['cloud.sources', 'cloud.sources'],
  ['security.logConnections', 'security.logConnections'],
  ['security.logDisconnections', 'security.logDisconnections'],
  ['security.maxConnections', 'security.maxConnections'],
  ['security.superuserReserved', 'security.superuserReserved'],
  ['security.reserved', 'security.reserved'],
  ['monitoring.log', 'monitoring.log'],
  ['monitoring.fail2ban', 'monitoring.fail2ban'],
  ['monitoring.maxRetry', 'monitoring.maxRetry'],
  ['monitoring.banTime', 'monitoring.banTime'],
  ['monitoring.queries', 'monitoring.queries'],
  ['monitoring.prometheus', 'monitoring.prometheus'],
  ['monitoring.linePrefix', 'monitoring.linePrefix'],
  ['rollout.confirmSeconds', 'rollout.confirmSeconds'],
  ['title', 'title'],
  ['notes', 'notes'],
];

/** Of two questions about the same answer, the one that the forms ask in this plan. */
function isAsked(path: string, question: QuestionId, draft: Draft): boolean {
  const google = draft.cloud.provider === 'google';
  const groups = Number(draft.server.major) >= 18;
  const azureGateway = at(draft, 'network.software.kind') === 'azure';
  if (question === 'network.endpointAzure') return azureGateway;
  if (question === 'network.endpoint') return !azureGateway;
  if (question === 'cloud.networkTag') return google;
  if (question === 'cloud.groupName') return !google;
  if (question === 'client.cloudGroup') return draft.cloud.provider !== 'none' || at(draft, path) !== null;
  if (question === 'security.hostCertificates') return Number(draft.server.major) >= 19;
  if (question === 'security.groups') return groups;
  if (question === 'security.curve') return !groups;
  if (question === 'firewall.sources' || question === 'cloud.sources') return at(draft, path) !== null;
  return true;
}

/** The questions of a draft, with the entry of each list that `entryOf` chooses in place of `*`. */
export function fieldsOf(draft: Draft, entryOf: (list: string) => number): readonly FieldEntry[] {
  return FIELDS.flatMap(([pattern, question]): FieldEntry[] => {
    const list = pattern.split('.*')[0] ?? pattern;
    const path = pattern.replace('*', String(entryOf(list)));
    return at(draft, path) !== undefined && isAsked(path, question, draft) ? [[path, question]] : [];
  });
}

/** All questions, the most deeply nested first. */
const innermost = FIELDS.map(([pattern, question]) => ({ keys: pattern.split('.'), question })).toSorted(
  (one, other) => other.keys.length - one.keys.length,
);

/** The question whose answer is at a path or contains it; of several, the innermost. */
export function questionAt(path: string): QuestionId | undefined {
  const keys = path.split('.');
  const isNumber = (key: string | undefined) => key !== undefined && /^\d+$/.test(key);
  return innermost.find((one) =>
    one.keys.every((key, index) => key === keys[index] || (key === '*' && isNumber(keys[index]))),
  )?.question;
}
