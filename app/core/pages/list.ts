import { alterSystemPage } from './english/alter-system.ts';
import { applyPage } from './english/apply.ts';
import { awsSecurityGroupPage } from './english/aws-security-group.ts';
import { azureNsgPage } from './english/azure-nsg.ts';
import { azureVpnPage } from './english/azure-vpn.ts';
import { certificatesPage } from './english/certificates.ts';
import { composePage } from './english/compose.ts';
import { connectionStringsPage } from './english/connection-strings.ts';
import { dockerUserPage } from './english/docker-user.ts';
import { fail2banPage } from './english/fail2ban.ts';
import { firewalldPage } from './english/firewalld.ts';
import { googleFirewallPage } from './english/google-firewall.ts';
import { haproxyPage } from './english/haproxy.ts';
import { iptablesPage } from './english/iptables.ts';
import { letsEncryptPage } from './english/lets-encrypt.ts';
import { nftablesPage } from './english/nftables.ts';
import { hbaPage } from './english/pg-hba.ts';
import { hostsPage } from './english/pg-hosts.ts';
import { identPage } from './english/pg-ident.ts';
import { pgbouncerPage } from './english/pgbouncer.ts';
import { prometheusPage } from './english/prometheus.ts';
import { queriesPage } from './english/queries.ts';
import { rateLimitPage } from './english/rate-limit.ts';
import { replicasPage } from './english/replicas.ts';
import { rolesPage } from './english/roles.ts';
import { servicePage } from './english/service-file.ts';
import { settingsPage } from './english/settings.ts';
import { sshPage } from './english/ssh.ts';
import { sshAuthorityPage } from './english/ssh-authority.ts';
import { sshTunnelPage } from './english/ssh-tunnel.ts';
import { strongswanPage } from './english/strongswan.ts';
import { ufwPage } from './english/ufw.ts';
import { verifyPage } from './english/verify.ts';
import { windowsFirewallPage } from './english/windows-firewall.ts';
import { wireguardPage } from './english/wireguard.ts';
import type { TargetPage } from './page.ts';

export const FAMILIES = [
  'postgres',
  'replicas',
  'clients',
  'firewall',
  'cloud',
  'vpn',
  'bastion',
  'tls',
  'watching',
  'rollout',
] as const;
export type Family = (typeof FAMILIES)[number];

/** Every target's page, by family and in reading order. */
export const pagesOf: Readonly<Record<Family, readonly TargetPage[]>> = {
  postgres: [settingsPage, alterSystemPage, hbaPage, identPage, hostsPage, rolesPage, composePage],
  replicas: [replicasPage],
  clients: [connectionStringsPage, servicePage],
  firewall: [ufwPage, nftablesPage, iptablesPage, firewalldPage, rateLimitPage, dockerUserPage, windowsFirewallPage],
  cloud: [awsSecurityGroupPage, azureNsgPage, googleFirewallPage],
  vpn: [wireguardPage, strongswanPage, azureVpnPage],
  bastion: [sshPage, sshAuthorityPage, sshTunnelPage, pgbouncerPage, haproxyPage],
  tls: [certificatesPage, letsEncryptPage],
  watching: [fail2banPage, queriesPage, prometheusPage],
  rollout: [applyPage, verifyPage],
};

export const pages: readonly TargetPage[] = FAMILIES.flatMap((family) => pagesOf[family]);
