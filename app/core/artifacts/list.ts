import type { AccessModel } from '../access/model.ts';
import { sshAuthority } from './bastion/authority.ts';
import { sshConfig } from './bastion/ssh-config.ts';
import { bastionSshd } from './bastion/sshd.ts';
import { tunnelService } from './bastion/tunnel.ts';
import { awsCli } from './cloud/aws-cli.ts';
import { azureCli } from './cloud/azure-cli.ts';
import { bicepFile } from './cloud/bicep.ts';
import { terraform } from './cloud/terraform.ts';
import type { FileDraft } from './file.ts';
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
import { composeFile } from './postgres/compose.ts';
import { dropIn } from './postgres/drop-in.ts';
import { hbaFile } from './postgres/hba.ts';
import { identFile } from './postgres/ident.ts';
import { rolesFile } from './postgres/roles.ts';
import { haproxyFiles } from './proxy/haproxy.ts';
import { pgbouncerFiles } from './proxy/pgbouncer.ts';
import { replicaFiles } from './replica/files.ts';
import { replicationSql } from './replica/primary.ts';
import { standby } from './replica/standby.ts';
import { connectionStrings } from './rollout/connection-strings.ts';
import { serviceFile } from './rollout/service.ts';
import { verifyScript } from './rollout/verify.ts';
import { makeCertificates } from './tls/certificates.ts';
import { checkCertificates } from './tls/check.ts';
import { installCertificates } from './tls/install.ts';
import { letsEncryptHook } from './tls/letsencrypt.ts';
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

/** One target: the files that it adds for a model, none where the plan does not need it. */
export interface Artifact {
  /** The id of its page in `core/pages`. */
  readonly page?: string;
  readonly render: (model: AccessModel) => readonly FileDraft[];
}

/** Every target, in the order of doing within a machine. Adding one is a module and a line here. */
export const artifacts: readonly Artifact[] = [
  makeCertificates,
  sshAuthority,
  prometheus,
  awsCli,
  terraform,
  azureCli,
  bicepFile,
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
  installCertificates,
  letsEncryptHook,
  checkCertificates,
  dropIn,
  alterSystem,
  hbaFile,
  identFile,
  composeFile,
  ufw,
  nftables,
  firewalld,
  rateTable,
  iptables,
  dockerUser,
  windows,
  logrotate,
  fail2ban,
  rolesFile,
  replicationSql,
  queries,
  replicaFiles,
  standby,
  pgbouncerFiles,
  haproxyFiles,
  bastionSshd,
  sshConfig,
  tunnelService,
  verifyScript,
  serviceFile,
  connectionStrings,
];
