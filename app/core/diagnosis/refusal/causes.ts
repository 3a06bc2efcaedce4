import type { Cause } from './cause.ts';
import { addressInUse } from './causes/address-in-use.ts';
import { addressNotOwn } from './causes/address-not-own.ts';
import { addressOnLocalRecord } from './causes/address-on-local-record.ts';
import { addressTranslated } from './causes/address-translated.ts';
import { addressWithoutMask } from './causes/address-without-mask.ts';
import { authenticationTimeout } from './causes/authentication-timeout.ts';
import { certificateExpired } from './causes/certificate-expired.ts';
import { certificateName } from './causes/certificate-name.ts';
import { certificateNotVerified } from './causes/certificate-not-verified.ts';
import { certificateUnsuitable } from './causes/certificate-unsuitable.ts';
import { certificateUntrusted } from './causes/certificate-untrusted.ts';
import { certificateWithoutHash } from './causes/certificate-without-hash.ts';
import { channelBinding } from './causes/channel-binding.ts';
import { clientAuthorityMissing } from './causes/client-authority-missing.ts';
import { clientCertificateMissing } from './causes/client-certificate-missing.ts';
import { clientCertificateRefused } from './causes/client-certificate-refused.ts';
import { clientKeyRefused } from './causes/client-key-refused.ts';
import { clientLeft } from './causes/client-left.ts';
import { clientOptionUnknown } from './causes/client-option-unknown.ts';
import { clientParameterRefused } from './causes/client-parameter-refused.ts';
import { clientTooOld } from './causes/client-too-old.ts';
import { clientWithoutTls } from './causes/client-without-tls.ts';
import { closedEarly } from './causes/closed-early.ts';
import { connectionRefused } from './causes/connection-refused.ts';
import { dataDirectoryOfAnotherVersion } from './causes/data-directory-of-another-version.ts';
import { dataDirectoryRefused } from './causes/data-directory-refused.ts';
import { databaseMissing } from './causes/database-missing.ts';
import { databaseNotGranted } from './causes/database-not-granted.ts';
import { directTlsWithoutAlpn } from './causes/direct-tls-without-alpn.ts';
import { dockerPublishedPort } from './causes/docker-published-port.ts';
import { dockerWrongPort } from './causes/docker-wrong-port.ts';
import { fileNotLoaded } from './causes/file-not-loaded.ts';
import { fileUnreadable } from './causes/file-unreadable.ts';
import { gssTriedFirst } from './causes/gss-tried-first.ts';
import { hostNameDisagrees } from './causes/host-name-disagrees.ts';
import { hostNameNotListed } from './causes/host-name-not-listed.ts';
import { hostsslWithoutTls } from './causes/hostssl-without-tls.ts';
import { identFailed } from './causes/ident-failed.ts';
import { kerberosTicketMissing } from './causes/kerberos-ticket-missing.ts';
import { ldapPasswordRejected } from './causes/ldap-password-rejected.ts';
import { ldapSearchAccountRejected } from './causes/ldap-search-account-rejected.ts';
import { ldapUnreachable } from './causes/ldap-unreachable.ts';
import { ldapUserMissing } from './causes/ldap-user-missing.ts';
import { libraryMissing } from './causes/library-missing.ts';
import { lineRefused } from './causes/line-refused.ts';
import { linkLocalAddress } from './causes/link-local-address.ts';
import { listenNameUnknown } from './causes/listen-name-unknown.ts';
import { listensOnLoopback } from './causes/listens-on-loopback.ts';
import { localhostIsIpv6 } from './causes/localhost-is-ipv6.ts';
import { mapDoesNotFit } from './causes/map-does-not-fit.ts';
import { matchedRecord } from './causes/matched-record.ts';
import { md5Secret } from './causes/md5-secret.ts';
import { methodNotWanted } from './causes/method-not-wanted.ts';
import { nameNotFound } from './causes/name-not-found.ts';
import { nameWithMask } from './causes/name-with-mask.ts';
import { noEntry } from './causes/no-entry.ts';
import { noEntryIpv6 } from './causes/no-entry-ipv6.ts';
import { noEntryReplication } from './causes/no-entry-replication.ts';
import { noEntrySocket } from './causes/no-entry-socket.ts';
import { noEntryWithoutTls } from './causes/no-entry-without-tls.ts';
import { noIpv6Route } from './causes/no-ipv6-route.ts';
import { noPasswordGiven } from './causes/no-password-given.ts';
import { noPasswordStored } from './causes/no-password-stored.ts';
import { noRoute } from './causes/no-route.ts';
import { noTcpSockets } from './causes/no-tcp-sockets.ts';
import { notPostgresql } from './causes/not-postgresql.ts';
import { oauthClientIncomplete } from './causes/oauth-client-incomplete.ts';
import { oauthIssuerDiffers } from './causes/oauth-issuer-differs.ts';
import { oauthOptionUnknown } from './causes/oauth-option-unknown.ts';
import { oauthTokenRejected } from './causes/oauth-token-rejected.ts';
import { otherMethodFailed } from './causes/other-method-failed.ts';
import { pamFailed } from './causes/pam-failed.ts';
import { passwordExpired } from './causes/password-expired.ts';
import { passwordRefused } from './causes/password-refused.ts';
import { peerFailed } from './causes/peer-failed.ts';
import { pgpassIgnored } from './causes/pgpass-ignored.ts';
import { poolerAuthQueryFailed } from './causes/pooler-auth-query-failed.ts';
import { poolerFull } from './causes/pooler-full.ts';
import { poolerLoginFailed } from './causes/pooler-login-failed.ts';
import { poolerMethodRefused } from './causes/pooler-method-refused.ts';
import { poolerNoDatabase } from './causes/pooler-no-database.ts';
import { poolerParameterRefused } from './causes/pooler-parameter-refused.ts';
import { poolerPasswordRefused } from './causes/pooler-password-refused.ts';
import { poolerRejected } from './causes/pooler-rejected.ts';
import { poolerRequiresTls } from './causes/pooler-requires-tls.ts';
import { poolerSecretUnreadable } from './causes/pooler-secret-unreadable.ts';
import { poolerServerFailed } from './causes/pooler-server-failed.ts';
import { poolerServerUnreachable } from './causes/pooler-server-unreachable.ts';
import { poolerUserUnknown } from './causes/pooler-user-unknown.ts';
import { poolerWaits } from './causes/pooler-waits.ts';
import { proxyTerminatesTls } from './causes/proxy-terminates-tls.ts';
import { rejectedByRecord } from './causes/rejected-by-record.ts';
import { rejectedWithoutTls } from './causes/rejected-without-tls.ts';
import { roleMayNotLogIn } from './causes/role-may-not-log-in.ts';
import { roleMayNotReplicate } from './causes/role-may-not-replicate.ts';
import { roleMissing } from './causes/role-missing.ts';
import { roleUnknownToPassword } from './causes/role-unknown-to-password.ts';
import { rootCertificateMissing } from './causes/root-certificate-missing.ts';
import { serverCrashed } from './causes/server-crashed.ts';
import { serverSocketMissing } from './causes/server-socket-missing.ts';
import { serverStarting } from './causes/server-starting.ts';
import { serverUnreachable } from './causes/server-unreachable.ts';
import { sessionTerminated } from './causes/session-terminated.ts';
import { settingRefused } from './causes/setting-refused.ts';
import { sniMissing } from './causes/sni-missing.ts';
import { systemRoots } from './causes/system-roots.ts';
import { timedOut } from './causes/timed-out.ts';
import { tlsHandshakeFailed } from './causes/tls-handshake-failed.ts';
import { tlsNotOffered } from './causes/tls-not-offered.ts';
import { tlsSettingRefused } from './causes/tls-setting-refused.ts';
import { tlsVersions } from './causes/tls-versions.ts';
import { tooManyConnections } from './causes/too-many-connections.ts';
import { unknownConnectionType } from './causes/unknown-connection-type.ts';
import { unknownMethod } from './causes/unknown-method.ts';
import { wrongPassword } from './causes/wrong-password.ts';

/** Every cause. If several claim one line, the first counts, so specific causes come before general ones. */
export const causes: readonly Cause[] = [
  listenNameUnknown,
  addressNotOwn,
  addressInUse,
  noTcpSockets,
  dockerWrongPort,
  dockerPublishedPort,
  serverSocketMissing,
  poolerUserUnknown,
  poolerFull,
  poolerRequiresTls,
  poolerRejected,
  poolerServerFailed,
  poolerServerUnreachable,
  poolerMethodRefused,
  poolerSecretUnreadable,
  poolerPasswordRefused,
  poolerAuthQueryFailed,
  poolerLoginFailed,
  poolerParameterRefused,
  poolerNoDatabase,
  poolerWaits,
  directTlsWithoutAlpn,
  proxyTerminatesTls,
  sniMissing,
  gssTriedFirst,
  notPostgresql,
  dataDirectoryRefused,
  dataDirectoryOfAnotherVersion,
  listensOnLoopback,
  serverCrashed,
  sessionTerminated,
  serverStarting,
  tooManyConnections,
  tlsSettingRefused,
  clientParameterRefused,
  settingRefused,
  systemRoots,
  clientWithoutTls,
  tlsNotOffered,
  rootCertificateMissing,
  certificateUnsuitable,
  certificateName,
  certificateExpired,
  certificateUntrusted,
  certificateNotVerified,
  clientKeyRefused,
  tlsVersions,
  clientCertificateRefused,
  clientCertificateMissing,
  clientAuthorityMissing,
  hostNameNotListed,
  tlsHandshakeFailed,
  hostNameDisagrees,
  noEntryReplication,
  noEntrySocket,
  noEntryIpv6,
  noEntryWithoutTls,
  linkLocalAddress,
  localhostIsIpv6,
  addressTranslated,
  noEntry,
  rejectedWithoutTls,
  rejectedByRecord,
  fileNotLoaded,
  addressWithoutMask,
  nameWithMask,
  addressOnLocalRecord,
  unknownConnectionType,
  unknownMethod,
  hostsslWithoutTls,
  fileUnreadable,
  mapDoesNotFit,
  lineRefused,
  authenticationTimeout,
  peerFailed,
  identFailed,
  pamFailed,
  ldapPasswordRejected,
  ldapSearchAccountRejected,
  ldapUserMissing,
  ldapUnreachable,
  kerberosTicketMissing,
  oauthClientIncomplete,
  oauthIssuerDiffers,
  oauthOptionUnknown,
  oauthTokenRejected,
  libraryMissing,
  otherMethodFailed,
  clientTooOld,
  certificateWithoutHash,
  channelBinding,
  methodNotWanted,
  clientOptionUnknown,
  md5Secret,
  noPasswordStored,
  passwordExpired,
  roleUnknownToPassword,
  wrongPassword,
  pgpassIgnored,
  noPasswordGiven,
  passwordRefused,
  roleMissing,
  roleMayNotLogIn,
  databaseMissing,
  databaseNotGranted,
  roleMayNotReplicate,
  matchedRecord,
  nameNotFound,
  connectionRefused,
  noIpv6Route,
  noRoute,
  timedOut,
  clientLeft,
  closedEarly,
  serverUnreachable,
];
