import type { AccessModel } from '../../model/model.ts';
import { slugs } from '../../model/slug.ts';
import { addressText, parseAddress } from '../../net/prefix.ts';
import { proxyOf } from '../../plan/ways.ts';

/** A server that needs a certificate: its files `<file>.crt` and `<file>.key`, and the names it must contain. */
export interface ServerCertificate {
  readonly file: string;
  readonly commonName: string;
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly path: string;
}

/** The server and the replicas of the plan. */
export function serverCertificates(model: AccessModel): ServerCertificate[] {
  const { network } = model.plan;
  const replicas = network.pattern === 'private' ? network.replicas : [];
  const files = slugs(replicas.map(({ name }) => name));
  return [
    certificate('server', primaryHosts(model), 'server.addresses'),
    ...(network.pattern === 'bastion' && network.proxy.kind === 'pgbouncer'
      ? [certificate('bastion', [network.name, ...network.publicAddresses], 'network.name')]
      : []),
    ...replicas.map((replica, index) =>
      certificate(
        `server-${files[index] ?? index + 1}`,
        [replica.name, ...replica.addresses],
        `network.replicas.${index}`,
      ),
    ),
  ];
}

/**
 * Hosts that clients use, and the addresses behind them. A client behind an SSH forward connects to its own loopback,
 * and not every driver can check the certificate for another name than the one it connects to.
 */
export function primaryHosts({ plan, clients, endpoints }: AccessModel): string[] {
  const remote = clients.filter(({ client }) => client.via !== 'socket' && client.endpoint === 'primary');
  const { network } = plan;
  const bastion = network.pattern === 'bastion' ? [network.name, ...network.publicAddresses] : [];
  // HAProxy forwards TLS, so its clients see this certificate under the bastion's name; PgBouncer has its own
  // certificate.
  const hosts = remote.flatMap(({ index, client, addresses }) => {
    const proxy = proxyOf(plan, client.via);
    if (proxy) return proxy.kind === 'haproxy' ? [...addresses, ...bastion] : addresses;
    return [...(endpoints[index] ?? []).map(({ host }) => host), ...addresses];
  });
  const forwarded = remote.some(({ client }) => client.via === 'bastion' && !proxyOf(plan, client.via))
    ? ['localhost', '127.0.0.1', '::1']
    : [];
  // The replicas connect by the name, or by the first private address.
  const streamed = network.pattern === 'private' && network.replicas.length > 0 ? plan.server.addresses.private : [];
  const known = [...(plan.server.name === null ? [] : [plan.server.name]), ...streamed, ...hosts, ...forwarded];
  return known.length > 0 ? known : ['localhost', '127.0.0.1', '::1'];
}

/**
 * libpq before 15 looks for an address in the common name only, so the first name or address is used for it (manual
 * 32.19.1).
 */
function certificate(file: string, hosts: readonly string[], path: string): ServerCertificate {
  const addresses = hosts.flatMap((host) => parseAddress(host) ?? []).map(addressText);
  const names = hosts.filter((host) => !parseAddress(host)).map((name) => name.toLowerCase());
  const commonName = [...names, ...addresses].find((name) => name.length <= 64) ?? 'PostgreSQL';
  return { file, commonName, names: [...new Set(names)], addresses: [...new Set(addresses)], path };
}
