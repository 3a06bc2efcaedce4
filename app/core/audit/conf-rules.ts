import { connectionsNotLogged } from './conf-rules/connections-not-logged.ts';
import { duplicateSetting } from './conf-rules/duplicate-setting.ts';
import { listenCommentedOut } from './conf-rules/listen-commented-out.ts';
import { listensEverywhere } from './conf-rules/listens-everywhere.ts';
import { listensForNobody } from './conf-rules/listens-for-nobody.ts';
import { listensOnForeignAddress } from './conf-rules/listens-on-foreign-address.ts';
import { md5Passwords } from './conf-rules/md5-passwords.ts';
import { oldTls } from './conf-rules/old-tls.ts';
import { settingOfAnotherMajor } from './conf-rules/setting-of-another-major.ts';
import { sslOffWithHostssl } from './conf-rules/ssl-off-with-hostssl.ts';
import { typographicQuotes } from './conf-rules/typographic-quotes.ts';
import { unknownSetting } from './conf-rules/unknown-setting.ts';
import { unreadableLine } from './conf-rules/unreadable-line.ts';
import { valueRefused } from './conf-rules/value-refused.ts';
import type { ConfRule } from './rule.ts';

/** Every rule about postgresql.conf. */
export const confRules: readonly ConfRule[] = [
  listensEverywhere,
  listenCommentedOut,
  listensOnForeignAddress,
  listensForNobody,
  sslOffWithHostssl,
  oldTls,
  md5Passwords,
  connectionsNotLogged,
  typographicQuotes,
  duplicateSetting,
  unknownSetting,
  settingOfAnotherMajor,
  valueRefused,
  unreadableLine,
];
