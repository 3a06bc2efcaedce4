import type { MessageId } from '../../messages/message.ts';
import { code, file, man, manual, rfc, type Source, test, vendor } from '../../source.ts';

/** The findings of the plan have three sentences each in the catalogue: `ID`, `ID.why` and `ID.fix`. */
export type Stem = { [Id in MessageId]: Id extends `finding.${infer S}.why` ? S : never }[MessageId];

const hbaConf = manual('auth-pg-hba-conf', 'The pg_hba.conf File');
const connections = manual('runtime-config-connection', 'Connections and Authentication');
const password = manual('auth-password', 'Password Authentication');
const ldap = manual('auth-ldap', 'LDAP Authentication');
const oauth = manual('auth-oauth', 'OAuth Authorization/Authentication');
const validators = manual('oauth-validators', 'OAuth Validator Modules');
const oauthLogins = test('e2e/server/proofs/oauth.test.ts');
const libpqSsl = manual('libpq-ssl', 'SSL Support');
const sslTcp = manual('ssl-tcp', 'Secure TCP/IP Connections with SSL');
const standby = manual('warm-standby', 'Log-Shipping Standby Servers');
const serviceFile = manual('libpq-pgservice', 'The Connection Service File');
const release12 = manual('release-12', 'Release Notes', 12);
const release16 = manual('release-16', 'Release Notes', 16);
const versioning = vendor('PostgreSQL, Versioning Policy', 'https://www.postgresql.org/support/versioning/');
const kernel = vendor('Linux kernel, IP Sysctl', 'https://docs.kernel.org/networking/ip-sysctl.html');
const docker = vendor(
  'Docker, Packet filtering and firewalls',
  'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
);
const layers = test('app/core/model/layers.test.ts');
const firewalls = test('app/core/bundle/firewall/firewall.test.ts');
const lookalikes = test('app/core/bundle/findings/lookalikes.test.ts');
const storedNames = test('e2e/server/proofs/stored-names.test.ts');
const bans = test('e2e/lab/fail2ban.test.ts');

/** The sources of each finding. */
export const findingSources: Readonly<Record<Stem, readonly Source[]>> = {
  'release-unsupported': [versioning],
  'release-ends-soon': [versioning],

  everyone: [hbaConf],
  nobody: [rfc(1122, '3.2.1.3'), rfc(4291, '2.5.2')],
  wide: [rfc(4632, '3.1')],
  inside: [test('app/core/net/prefix-index.test.ts')],
  contradiction: [hbaConf, test('app/core/bundle/rollout/pattern.test.ts')],
  'outside-subnet': [file('app/core/model/clients.ts')],
  more: [test('app/core/bundle/limits.test.ts')],
  'no-clients': [file('app/core/model/derive.ts')],
  'clear-text': [sslTcp, password],
  'no-verify': [libpqSsl],
  'verify-ca': [libpqSsl],
  'gss-realm': [
    manual('gssapi-auth', 'GSSAPI Authentication'),
    test('e2e/server/proofs/external-authentication.test.ts'),
  ],
  'ldap-anonymous': [
    ldap,
    vendor(
      'Microsoft, Anonymous LDAP operations to Active Directory are disabled',
      'https://learn.microsoft.com/troubleshoot/windows-server/active-directory/anonymous-ldap-operations-active-directory-disabled',
    ),
  ],
  'ldap-clear': [ldap],
  'oauth-validator': [oauth, validators, oauthLogins],
  'oauth-audience': [manual('oauth-validator-design', 'Safely Designing a Validator Module')],
  'oauth-client-id': [manual('libpq-oauth', 'OAuth Support'), test('app/core/bundle/postgres/oauth.test.ts')],
  'oauth-issuer': [oauth, manual('libpq-oauth', 'OAuth Support'), oauthLogins],
  'oauth-options': [manual('auth-oauth', 'OAuth Authorization/Authentication', 19), oauthLogins],
  'oauth-delegated': [oauth, oauthLogins],
  'build-method': [code('src/backend/libpq/hba.c')],
  'certificate-name': [release12],

  md5: [password, manual('release-10', 'Release Notes', 10)],
  'tls-minimum': [release12],
  reserved: [release16, test('e2e/server/proofs/startup.test.ts')],
  'remote-superuser': [manual('sql-copy', 'COPY')],
  'no-final-reject': [hbaConf, test('e2e/server/proofs/refusal-texts.test.ts')],
  'connection-sum': [connections, code('src/backend/utils/init/postinit.c')],
  'certificate-dns': [libpqSsl],
  'no-name': [libpqSsl, test('app/core/bundle/tls/tls.test.ts')],
  'local-trust': [manual('app-initdb', 'initdb')],
  'rules-merged': [hbaConf, test('e2e/lab/rollout/others.test.ts')],
  'rules-merged-ca': [sslTcp, test('e2e/lab/rollout/others.test.ts')],
  'rules-merged-firewall': [test('app/core/bundle/findings/server.test.ts')],
  renewal: [sslTcp],

  'one-family': [hbaConf],
  'no-firewall': [connections],
  'firewall-platform': [firewalls],
  'docker-publish': [docker],
  'docker-source': [
    vendor('Docker, Port publishing and mapping', 'https://docs.docker.com/engine/network/port-publishing/'),
    vendor('Docker Engine 28, release notes', 'https://docs.docker.com/engine/release-notes/28/'),
  ],
  'docker-project': [
    vendor(
      'Docker Official Image packaging for PostgreSQL, docker-entrypoint.sh',
      'https://github.com/docker-library/postgres/blob/master/docker-entrypoint.sh',
    ),
  ],
  'late-address': [test('e2e/lab/rollout/boot-order.test.ts')],
  'gateway-forwards': [
    kernel,
    vendor(
      'Amazon VPC, NAT instances: source/destination checks',
      'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html#EIP_Disable_SrcDestCheck',
    ),
  ],
  'gateway-family': [file('app/core/bundle/vpn/route.ts')],
  'gateway-route': [file('app/core/bundle/vpn/route.ts')],
  'tunnel-only': [firewalls],
  'keys-missing': [
    man('wg(8)', 'https://manpages.debian.org/bookworm/wireguard-tools/wg.8.en.html'),
    test('app/core/bundle/vpn/vpn.test.ts'),
  ],
  'ipsec-shared-key': [rfc(7296, '2.15'), file('app/core/bundle/vpn/ipsec-keys.ts')],
  'azure-gateway': [
    vendor('Azure, VPN Gateway pricing', 'https://azure.microsoft.com/pricing/details/vpn-gateway/'),
    vendor(
      'Azure, Create and manage a VPN gateway',
      'https://learn.microsoft.com/azure/vpn-gateway/tutorial-create-gateway-portal',
    ),
    vendor(
      'Azure, About active-active mode VPN gateways',
      'https://learn.microsoft.com/azure/vpn-gateway/about-active-active-gateways',
    ),
  ],
  'azure-address': [rfc(7296, '3.5')],
  'bastion-nobody': [
    man('sshd_config(5), AllowTcpForwarding', 'https://man.openbsd.org/sshd_config#AllowTcpForwarding'),
  ],
  'bastion-administrators': [test('e2e/lab/ssh.test.ts')],
  'ssh-host-keys': [man('ssh(1), VERIFYING HOST KEYS', 'https://man.openbsd.org/ssh#VERIFYING_HOST_KEYS')],
  'ssh-certificates': [
    man('ssh-keygen(1), CERTIFICATES', 'https://man.openbsd.org/ssh-keygen#CERTIFICATES'),
    test('e2e/lab/ssh.test.ts'),
  ],

  'proxy-shared': [test('e2e/lab/haproxy.test.ts'), test('e2e/lab/pgbouncer.test.ts')],
  'proxy-certificate': [libpqSsl],
  'pooler-name': [vendor('PgBouncer, configuration', 'https://www.pgbouncer.org/config.html')],
  'transaction-pooling': [vendor('PgBouncer, features', 'https://www.pgbouncer.org/features.html')],
  'direct-pooler': [
    vendor('PgBouncer, client-side direct TLS', 'https://github.com/pgbouncer/pgbouncer/pull/1359'),
    test('app/core/plan/cross-tls.test.ts'),
  ],

  'host-certificates': [sslTcp, test('e2e/lab/rollout/host-certificates.test.ts')],
  'revocation-expires': [
    vendor('OpenSSL, X509_VERIFY_PARAM_set_flags', 'https://docs.openssl.org/3.0/man3/X509_VERIFY_PARAM_set_flags/'),
    file('app/core/bundle/tls/revocation.ts'),
  ],
  'revocation-nobody': [libpqSsl, sslTcp],
  'no-revocation': [hbaConf, manual('sql-createrole', 'CREATE ROLE')],
  'groups-hybrid': [
    vendor('OpenSSL 3.5, release notes', 'https://openssl-library.org/news/openssl-3.5-notes/'),
    test('e2e/server/proofs/handshake.test.ts'),
  ],
  'groups-narrow': [rfc(8446, '9.1')],

  'keyword-name': [hbaConf],
  'slash-name': [test('e2e/server/proofs/hba-expressions.test.ts')],
  'same-look': [lookalikes, storedNames],
  'mixed-alphabets': [
    vendor(
      'Unicode Technical Standard 39, Mixed-Script Detection',
      'https://www.unicode.org/reports/tr39/#Mixed_Script_Detection',
    ),
    lookalikes,
  ],

  'layer-blocks': [layers],
  'layer-wider': [layers],
  'cloud-group-unused': [layers],
  'rate-limit': [firewalls],
  'aws-limit': [
    vendor('Amazon VPC quotas', 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html'),
    test('app/core/bundle/cloud/cloud.test.ts'),
  ],
  'azure-limit': [
    vendor(
      'Azure subscription and service limits',
      'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits',
    ),
    test('app/core/bundle/cloud/cloud.test.ts'),
  ],

  'no-exporter': [
    vendor(
      'postgres_exporter, README',
      'https://github.com/prometheus-community/postgres_exporter/blob/master/README.md',
    ),
    test('e2e/server/tools/prometheus.test.ts'),
  ],
  'kit-pauses': [test('e2e/server/tools/verify-pacing.test.ts')],
  'administrator-counted': [bans],
  'shared-address': [bans],

  'replica-failover': [standby, test('e2e/lab/replication.test.ts')],
  'replica-slot': [standby],
  'replica-firewall': [firewalls],
  'replica-by-hand': [standby, file('app/core/bundle/replica/source.ts')],
  'replica-no-clients': [test('e2e/lab/replication.test.ts')],
  'service-line-newer': [serviceFile, test('e2e/server/proofs/service-file.test.ts')],
  'service-line-unread': [serviceFile, test('e2e/server/proofs/service-file.test.ts')],
};
