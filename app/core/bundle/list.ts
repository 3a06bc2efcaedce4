import { sshAuthority } from './bastion/authority.ts';
import { sshConfig } from './bastion/ssh-config.ts';
import { bastionSshd } from './bastion/sshd.ts';
import { tunnelService } from './bastion/tunnel.ts';
import { awsCli } from './cloud/aws-cli.ts';
import { azureCli } from './cloud/azure-cli.ts';
import { bicepFile } from './cloud/bicep.ts';
import { googleFirewall } from './cloud/google.ts';
import { terraform } from './cloud/terraform.ts';
import type { Artifact } from './file.ts';
import { dockerUser } from './firewall/docker-user.ts';
import { firewalld } from './firewall/firewalld.ts';
import { iptables } from './firewall/iptables.ts';
import { nftables } from './firewall/nftables.ts';
import { rateTable } from './firewall/rate-table.ts';
import { ufw } from './firewall/ufw.ts';
import { windows } from './firewall/windows.ts';
import { fail2ban } from './monitoring/fail2ban.ts';
import { logrotate } from './monitoring/logrotate.ts';
import { prometheus } from './monitoring/prometheus.ts';
import { queries } from './monitoring/queries.ts';
import { alterSystem } from './postgres/alter-system.ts';
import { bindPassword } from './postgres/bind-password.ts';
import { bootOrder } from './postgres/boot-order.ts';
import { composeFile } from './postgres/compose.ts';
import { dropIn } from './postgres/drop-in.ts';
import { hbaFile } from './postgres/hba.ts';
import { hostsFile } from './postgres/hosts.ts';
import { identFile } from './postgres/ident.ts';
import { keytab } from './postgres/keytab.ts';
import { rolesFile } from './postgres/roles.ts';
import { selinuxPort } from './postgres/selinux.ts';
import { haproxyFiles } from './proxy/haproxy.ts';
import { pgbouncerFiles } from './proxy/pgbouncer.ts';
import { replicaFiles } from './replica/files.ts';
import { replicationSql } from './replica/primary.ts';
import { standby } from './replica/standby.ts';
import { connectionStrings } from './rollout/connection-strings.ts';
import { serviceFile } from './rollout/service.ts';
import { verifyScript } from './rollout/verify.ts';
import { addCa } from './tls/add-ca.ts';
import { makeCertificates } from './tls/certificates.ts';
import { checkCertificates, checkOnReplicas } from './tls/check.ts';
import { installCertificates } from './tls/install.ts';
import { letsEncryptHook } from './tls/letsencrypt.ts';
import { installOnWindows } from './tls/windows.ts';
import { azureVpnBicep } from './vpn/azure-vpn-bicep.ts';
import { azureVpnCli } from './vpn/azure-vpn-cli.ts';
import { forwarding } from './vpn/forwarding.ts';
import { ipsecKeys } from './vpn/ipsec-keys.ts';
import { ipsecMtu } from './vpn/ipsec-mtu.ts';
import { ipsecTunnel } from './vpn/ipsec-tunnel.ts';
import { makeKey } from './vpn/key.ts';
import { afterTunnel } from './vpn/order.ts';
import { routeToTunnel } from './vpn/route.ts';
import { swanctlFiles } from './vpn/swanctl.ts';
import { wireGuard } from './vpn/wireguard.ts';
import { keyExchange } from './vpn/worksheet.ts';

/** Every target, in the order of use within a machine. Adding one requires a module and a line here. */
export const artifacts: readonly Artifact[] = [
  makeCertificates,
  sshAuthority,
  prometheus,
  awsCli,
  terraform,
  azureCli,
  bicepFile,
  googleFirewall,
  keyExchange,
  azureVpnCli,
  azureVpnBicep,
  makeKey,
  forwarding,
  wireGuard,
  ipsecTunnel,
  ipsecKeys,
  ipsecMtu,
  swanctlFiles,
  routeToTunnel,
  afterTunnel,
  bootOrder,
  installCertificates,
  installOnWindows,
  letsEncryptHook,
  checkCertificates,
  dropIn,
  selinuxPort,
  alterSystem,
  bindPassword,
  hbaFile,
  identFile,
  hostsFile,
  keytab,
  ufw,
  nftables,
  firewalld,
  rateTable,
  iptables,
  dockerUser,
  // Publishes the port, so its rules come first.
  composeFile,
  windows,
  logrotate,
  fail2ban,
  rolesFile,
  replicationSql,
  queries,
  replicaFiles,
  standby,
  checkOnReplicas,
  pgbouncerFiles,
  haproxyFiles,
  bastionSshd,
  sshConfig,
  tunnelService,
  addCa,
  verifyScript,
  serviceFile,
  connectionStrings,
];
