import { firewallOn, hasFirewall } from '../../model/host-firewall.ts';
import type { AccessModel } from '../../model/model.ts';
import { parseAddress } from '../../net/prefix.ts';
import { PrefixIndex } from '../../net/prefix-index.ts';
import type { VpnNetwork } from '../../plan/schema.ts';
import { addresses, prefixes } from '../../plan/ways.ts';
import type { Platform } from '../../postgres/platform.ts';
import { MAJORS } from '../../postgres/release.ts';
import { serverTlsPaths } from '../tls/paths.ts';
import { type Finding, finding } from './finding.ts';

/** Default of max_connections. */
const DEFAULT_MAX_CONNECTIONS = 100;

/** Findings about the server, its release and its settings. */
export function serverFindings(model: AccessModel): Finding[] {
  const { plan, release, roles } = model;
  const { security, server } = plan;
  const found: Finding[] = [];
  const support = { major: release.major, date: release.endOfLife, newest: MAJORS.at(-1) ?? release.major };
  if (release.unsupported) found.push(finding('release-unsupported', 'medium', 'server.major', support));
  if (release.endsSoon) found.push(finding('release-ends-soon', 'low', 'server.major', support));
  if (security.remoteSuperuser) found.push(finding('remote-superuser', 'high', 'security.remoteSuperuser'));
  if (security.passwordHashing === 'md5') found.push(finding('md5', 'medium', 'security.passwordHashing'));
  if (release.major < 12) found.push(finding('tls-minimum', 'medium', 'security.tlsMinimum'));
  if (release.major < 16 && security.reserved > 0)
    found.push(finding('reserved', 'medium', 'security.reserved', { major: release.major }));
  const { label, localMethod, osUser } = model.platform;
  if (localMethod === 'trust') {
    found.push(
      finding('local-trust', 'low', 'server.platform', {
        platform: label,
        account: osUser,
        superuser: server.superuser,
      }),
    );
  }
  if (server.rules === 'merge') {
    found.push(finding('rules-merged', 'info', 'server.rules'));
    if (serverTlsPaths(model).clientCa !== null)
      found.push(finding('rules-merged-ca', 'medium', 'security.certificate.source'));
    const filter = firewallOn(model.plan, 'server');
    if (filter !== 'none') found.push(finding('rules-merged-firewall', 'medium', 'firewall.kind', { filter }));
  } else if (!security.finalReject) found.push(finding('no-final-reject', 'low', 'security.finalReject'));
  const sum = roles.reduce((total, role) => total + (role.connectionLimit ?? 0), 0);
  const available =
    (security.maxConnections ?? DEFAULT_MAX_CONNECTIONS) - security.superuserReserved - security.reserved;
  if (sum > available) found.push(finding('connection-sum', 'medium', 'security.maxConnections', { sum, available }));
  if (server.name === null && model.clients.some(({ client }) => client.via !== 'socket')) {
    const letsEncrypt = security.certificate.source === 'lets-encrypt';
    found.push(
      letsEncrypt ? finding('certificate-dns', 'medium', 'server.name') : finding('no-name', 'low', 'server.name'),
    );
  }
  if (security.certificate.source === 'lets-encrypt' && server.platform === 'windows') {
    found.push(finding('renewal', 'medium', 'security.certificate.source', { platform: model.platform.label }));
  }
  return found;
}

/** Findings about the network between clients and server. */
export function networkFindings(model: AccessModel): Finding[] {
  const { plan, flows, platform, listen } = model;
  const { network, firewall, server } = plan;
  const found: Finding[] = [];
  const postgres = flows.filter(({ service, to }) => service === 'postgresql' && to === 'server');
  const families = new Set(postgres.flatMap(({ from }) => from.map(({ family }) => family)));
  if (families.size === 1) {
    const [family] = families;
    found.push(
      finding('one-family', 'info', 'server.addresses', {
        family: `IPv${family}`,
        other: family === 4 ? 'IPv6' : 'IPv4',
      }),
    );
  }
  if (firewall.kind === 'none')
    found.push(finding('no-firewall', network.pattern === 'direct' ? 'high' : 'medium', 'firewall.kind'));
  else if (!hasFirewall(server.platform, firewall.kind)) {
    found.push(
      finding('firewall-platform', 'medium', 'firewall.kind', {
        firewall: firewall.kind,
        platform: platform.label,
        port: server.port,
      }),
    );
  }
  if (server.platform === 'docker') {
    found.push(finding('docker-publish', 'info', 'server.platform'));
    found.push(finding('docker-source', 'info', 'server.platform'));
    if (server.rules === 'replace') found.push(finding('docker-project', 'medium', 'server.rules'));
  }
  const late = listen.filter((socket) => socket.late).map(({ address }) => address);
  if (late.length > 0)
    found.push(finding('late-address', 'info', 'server.addresses.vpn', { addresses: late.join(', ') }));
  if (network.pattern === 'vpn') found.push(...tunnelFindings(model));
  if (network.pattern === 'bastion' && network.users.length + network.groups.length === 0)
    found.push(finding('bastion-nobody', 'medium', 'network.groups'));
  if (network.pattern === 'bastion' && plan.administration.people.some(({ path }) => path === 'bastion')) {
    const groups = [...network.groups, ...network.users].join(', ');
    if (groups !== '') found.push(finding('bastion-administrators', 'info', 'network.groups', { groups }));
  }
  return found;
}

/** A separate gateway must forward packets, and the server needs a route back through it. */
function gatewayFindings({ gateway, tunnel, peers }: VpnNetwork, platform: Platform, label: string): Finding[] {
  if (gateway.placement === 'server') return [];
  const found = [finding('gateway-forwards', 'info', 'network.gateway.placement')];
  const networks = [...tunnel, ...peers.flatMap((peer) => peer.networks)];
  const hops = addresses(gateway.privateAddresses);
  for (const family of new Set(prefixes(networks).map((prefix) => prefix.family))) {
    if (hops.some((hop) => hop.family === family)) continue;
    found.push(finding('gateway-family', 'medium', 'network.gateway.privateAddresses', { family: `IPv${family}` }));
  }
  if (platform === 'windows' || platform === 'macos') {
    const values = { platform: label, networks: networks.join(', '), gateway: gateway.privateAddresses.join(', ') };
    found.push(finding('gateway-route', 'medium', 'network.gateway.placement', values));
  }
  return found;
}

/** Findings about IKEv2 that do not apply to WireGuard. */
function ipsecFindings({ software, gateway }: VpnNetwork): Finding[] {
  switch (software.kind) {
    case 'wireguard':
      return [];
    case 'strongswan':
      return software.authentication === 'psk'
        ? [finding('ipsec-shared-key', 'low', 'network.software.authentication')]
        : [];
    case 'azure':
      return [
        finding('azure-gateway', 'medium', 'network.software.kind'),
        ...(parseAddress(gateway.endpoint)
          ? []
          : [finding('azure-address', 'medium', 'network.gateway.endpoint', { endpoint: gateway.endpoint })]),
      ];
  }
}

function tunnelFindings({ plan, platform }: AccessModel): Finding[] {
  const { network, administration, server } = plan;
  if (network.pattern !== 'vpn') return [];
  const found: Finding[] = [];
  const { kind } = network.software;
  const missing = (kind === 'wireguard' ? [network.gateway, ...network.peers] : [])
    .filter(({ publicKey }) => publicKey === null)
    .map(({ name }) => name);
  if (missing.length > 0)
    found.push(
      finding('keys-missing', 'medium', 'network.gateway.publicKey', {
        count: missing.length,
        names: missing.join(', '),
      }),
    );
  if (kind !== 'azure') found.push(...gatewayFindings(network, server.platform, platform.label));
  found.push(...ipsecFindings(network));
  const networks = prefixes([...network.tunnel, ...network.peers.flatMap((peer) => peer.networks)]);
  const inside = new PrefixIndex(networks.map((prefix) => [prefix, prefix] as const));
  const people = administration.people.filter(({ path }) => path === 'ssh');
  const sources = people.flatMap((person) => [...prefixes(person.sources), ...addresses(person.sources)]);
  if (sources.length > 0 && sources.every((source) => inside.covers(source))) {
    found.push(finding('tunnel-only', 'medium', 'administration.people'));
  }
  return found;
}
