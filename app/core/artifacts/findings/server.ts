import { hasFirewall } from '../../access/host-firewall.ts';
import type { AccessModel } from '../../access/model.ts';
import { contains, parseAddress } from '../../net/prefix.ts';
import type { VpnNetwork } from '../../plan/schema.ts';
import { addresses, prefixes } from '../../plan/ways.ts';
import type { Platform } from '../../postgres/platform.ts';
import { type Finding, finding } from './finding.ts';

/** max_connections of a server that nobody changed. */
const DEFAULT_MAX_CONNECTIONS = 100;

/** What is worth knowing about the server, its release and its settings. */
export function serverFindings(model: AccessModel): Finding[] {
  const { plan, release, roles } = model;
  const { security, server } = plan;
  const found: Finding[] = [];
  const policy = ['postgresql.org, Versioning Policy'];
  if (release.unsupported)
    found.push(
      finding(
        'release-unsupported',
        'warning',
        'server.major',
        { major: release.asked, date: release.endOfLife },
        policy,
      ),
    );
  if (!release.tried)
    found.push(finding('release-untried', 'warning', 'server.major', { asked: release.asked, major: release.major }));
  if (security.remoteSuperuser) found.push(finding('remote-superuser', 'danger', 'security.remoteSuperuser'));
  if (security.passwordHashing === 'md5')
    found.push(finding('md5', 'warning', 'security.passwordHashing', {}, ['postgresql.org, manual 20.5']));
  if (release.major < 12) found.push(finding('tls-minimum', 'warning', 'security.tlsMinimum'));
  if (release.major < 16 && security.reserved > 0)
    found.push(finding('reserved', 'warning', 'security.reserved', { major: release.major }));
  const { label, localMethod, osUser } = model.platform;
  if (localMethod === 'trust') {
    found.push(
      finding(
        'local-trust',
        'note',
        'server.platform',
        { platform: label, account: osUser, superuser: server.superuser },
        ['postgresql.org, initdb'],
      ),
    );
  }
  if (!security.finalReject) found.push(finding('no-final-reject', 'note', 'security.finalReject'));
  const sum = roles.reduce((total, role) => total + (role.connectionLimit ?? 0), 0);
  const available =
    (security.maxConnections ?? DEFAULT_MAX_CONNECTIONS) - security.superuserReserved - security.reserved;
  if (sum > available) found.push(finding('connection-sum', 'warning', 'security.maxConnections', { sum, available }));
  if (server.name === null && model.clients.some(({ client }) => client.via !== 'socket')) {
    const letsEncrypt = security.certificate.source === 'lets-encrypt';
    found.push(
      letsEncrypt ? finding('certificate-dns', 'warning', 'server.name') : finding('no-name', 'note', 'server.name'),
    );
  }
  if (security.certificate.source === 'lets-encrypt' && server.platform === 'windows') {
    found.push(finding('renewal', 'warning', 'security.certificate.source', { platform: model.platform.label }));
  }
  return found;
}

/** What is worth knowing about the way between clients and server. */
export function networkFindings(model: AccessModel): Finding[] {
  const { plan, flows, platform, listen } = model;
  const { network, firewall, server } = plan;
  const found: Finding[] = [];
  const postgres = flows.filter(({ service, to }) => service === 'postgresql' && to === 'server');
  const families = new Set(postgres.flatMap(({ from }) => from.map(({ family }) => family)));
  if (families.size === 1) {
    const [family] = families;
    found.push(
      finding('one-family', 'note', 'server.addresses', {
        family: `IPv${family}`,
        other: family === 4 ? 'IPv6' : 'IPv4',
      }),
    );
  }
  if (firewall.kind === 'none')
    found.push(finding('no-firewall', network.pattern === 'direct' ? 'danger' : 'warning', 'firewall.kind'));
  else if (!hasFirewall(server.platform, firewall.kind)) {
    found.push(
      finding('firewall-platform', 'warning', 'firewall.kind', {
        firewall: firewall.kind,
        platform: platform.label,
        port: server.port,
      }),
    );
  }
  if (server.platform === 'docker') {
    found.push(
      finding('docker-publish', 'note', 'server.platform', {}, ['docs.docker.com, Packet filtering and firewalls']),
    );
    found.push(finding('docker-source', 'note', 'server.platform'));
  }
  const late = listen.filter((socket) => socket.late).map(({ address }) => address);
  if (late.length > 0)
    found.push(finding('late-address', 'note', 'server.addresses.vpn', { addresses: late.join(', ') }));
  if (network.pattern === 'vpn') found.push(...tunnelFindings(model));
  if (network.pattern === 'bastion' && network.users.length + network.groups.length === 0)
    found.push(finding('bastion-nobody', 'warning', 'network.groups'));
  if (network.pattern === 'bastion' && plan.administration.people.some(({ path }) => path === 'bastion')) {
    const groups = [...network.groups, ...network.users].join(', ');
    if (groups !== '') found.push(finding('bastion-administrators', 'note', 'network.groups', { groups }));
  }
  return found;
}

/** A gateway of its own needs to forward, and the server a way back through it. */
function gatewayFindings({ gateway, tunnel, peers }: VpnNetwork, platform: Platform, label: string): Finding[] {
  if (gateway.placement === 'server') return [];
  const found = [finding('gateway-forwards', 'note', 'network.gateway.placement')];
  const networks = [...tunnel, ...peers.flatMap((peer) => peer.networks)];
  const hops = addresses(gateway.privateAddresses);
  for (const family of new Set(prefixes(networks).map((prefix) => prefix.family))) {
    if (hops.some((hop) => hop.family === family)) continue;
    found.push(finding('gateway-family', 'warning', 'network.gateway.privateAddresses', { family: `IPv${family}` }));
  }
  if (platform === 'windows' || platform === 'macos') {
    const values = { platform: label, networks: networks.join(', '), gateway: gateway.privateAddresses.join(', ') };
    found.push(finding('gateway-route', 'warning', 'network.gateway.placement', values));
  }
  return found;
}

/** What IKEv2 brings along that WireGuard does not. */
function ipsecFindings({ software, gateway }: VpnNetwork): Finding[] {
  switch (software.kind) {
    case 'wireguard':
      return [];
    case 'strongswan':
      return software.authentication === 'psk'
        ? [finding('ipsec-shared-key', 'note', 'network.software.authentication', {}, ['RFC 7296, 2.15'])]
        : [];
    case 'azure':
      return [
        finding('azure-gateway', 'warning', 'network.software.kind', {}, [
          'learn.microsoft.com, VPN Gateway pricing',
          'learn.microsoft.com, About VPN Gateway configuration settings',
        ]),
        ...(parseAddress(gateway.endpoint)
          ? []
          : [finding('azure-address', 'warning', 'network.gateway.endpoint', { endpoint: gateway.endpoint })]),
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
      finding('keys-missing', 'warning', 'network.gateway.publicKey', {
        count: missing.length,
        names: missing.join(', '),
      }),
    );
  if (kind !== 'azure') found.push(...gatewayFindings(network, server.platform, platform.label));
  found.push(...ipsecFindings(network));
  const inside = prefixes([...network.tunnel, ...network.peers.flatMap((peer) => peer.networks)]);
  const people = administration.people.filter(({ path }) => path === 'ssh');
  const sources = people.flatMap((person) => [...prefixes(person.sources), ...addresses(person.sources)]);
  if (sources.length > 0 && sources.every((source) => inside.some((prefix) => contains(prefix, source)))) {
    found.push(finding('tunnel-only', 'warning', 'administration.people'));
  }
  return found;
}
