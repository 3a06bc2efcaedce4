import type { HbaRule } from './rule.ts';
import { allWithoutReplication } from './rules/all-without-replication.ts';
import { allowedBeforeReject } from './rules/allowed-before-reject.ts';
import { aroundAPrivateNetwork } from './rules/around-a-private-network.ts';
import { bareAddress } from './rules/bare-address.ts';
import { broadAboveNarrow } from './rules/broad-above-narrow.ts';
import { clientCertificateByMajor } from './rules/client-certificate-by-major.ts';
import { commentSwallowsALine } from './rules/comment-swallows-a-line.ts';
import { contradictingRecord } from './rules/contradicting-record.ts';
import { crashesTheServer } from './rules/crashes-the-server.ts';
import { deadRecord } from './rules/dead-record.ts';
import { expressionWithoutAnchors } from './rules/expression-without-anchors.ts';
import { flagThatIsOff } from './rules/flag-that-is-off.ts';
import { hostBitsSet } from './rules/host-bits-set.ts';
import { hostName } from './rules/host-name.ts';
import { identOverTcp } from './rules/ident-over-tcp.ts';
import { invisibleCharacter } from './rules/invisible-character.ts';
import { ldapServerWithoutBrackets } from './rules/ldap-server-without-brackets.ts';
import { md5Method } from './rules/md5-method.ts';
import { nameLikeAKeyword } from './rules/name-like-a-keyword.ts';
import { noRecord } from './rules/no-record.ts';
import { noWayForTheAdministrator } from './rules/no-way-for-the-administrator.ts';
import { nobodysAddress } from './rules/nobodys-address.ts';
import { octalOctet } from './rules/octal-octet.ts';
import { oneFamily } from './rules/one-family.ts';
import { openToTheWorld } from './rules/open-to-the-world.ts';
import { passwordInAComment } from './rules/password-in-a-comment.ts';
import { passwordInClear } from './rules/password-in-clear.ts';
import { passwordWithoutTls } from './rules/password-without-tls.ts';
import { quotedKeyword } from './rules/quoted-keyword.ts';
import { radiusRemoved } from './rules/radius-removed.ts';
import { refusedLine } from './rules/refused-line.ts';
import { replicationOpen } from './rules/replication-open.ts';
import { superuserFromAfar } from './rules/superuser-from-afar.ts';
import { trustOnTheSocket } from './rules/trust-on-the-socket.ts';
import { trustOverTcp } from './rules/trust-over-tcp.ts';
import { wideSource } from './rules/wide-source.ts';
import { zoneInAddress } from './rules/zone-in-address.ts';

/** Every rule about pg_hba.conf. */
export const hbaRules: readonly HbaRule[] = [
  trustOverTcp,
  trustOnTheSocket,
  deadRecord,
  passwordInClear,
  md5Method,
  passwordWithoutTls,
  openToTheWorld,
  wideSource,
  aroundAPrivateNetwork,
  nobodysAddress,
  hostBitsSet,
  bareAddress,
  refusedLine,
  crashesTheServer,
  octalOctet,
  zoneInAddress,
  identOverTcp,
  contradictingRecord,
  allWithoutReplication,
  replicationOpen,
  oneFamily,
  hostName,
  expressionWithoutAnchors,
  quotedKeyword,
  nameLikeAKeyword,
  invisibleCharacter,
  broadAboveNarrow,
  allowedBeforeReject,
  superuserFromAfar,
  noWayForTheAdministrator,
  noRecord,
  clientCertificateByMajor,
  commentSwallowsALine,
  flagThatIsOff,
  ldapServerWithoutBrackets,
  passwordInAComment,
  radiusRemoved,
];
