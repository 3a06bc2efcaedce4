/** The public face of Postern's core. Everything here is synchronous, pure and deterministic unless said otherwise. */

export * from './api/audit.ts';
export * from './api/bundle.ts';
export * from './api/diagnosis.ts';
export * from './api/hba.ts';
export * from './api/migration.ts';
export * from './api/plan.ts';
export { release } from './api/release.ts';
export * from './api/server.ts';
export { confRules } from './audit/conf-rules.ts';
export { joinFixes } from './audit/fixes.ts';
export { HitCache } from './audit/hit-cache.ts';
export { hostsRules } from './audit/hosts-rules.ts';
export { HOSTS_FILE } from './audit/rule.ts';
export { hbaRules } from './audit/rules.ts';
export { versionRules } from './audit/version-rules.ts';
export { type Archive, archives } from './bundle/archives.ts';
export { bundleName } from './bundle/bundle-name.ts';
export { commandsToPaste } from './bundle/commands.ts';
export { isGuide } from './bundle/file.ts';
export { generator, type Version } from './bundle/generate.ts';
export { encodeBytes, holdsEscapedBytes, shownBytes } from './bytes/bytes.ts';
export { decodeBytes } from './bytes/decode.ts';
export { type EncodingNote, encodingNotes, inUtf8 } from './bytes/encoding.ts';
export type {
  Certificate,
  Key as CertificateKey,
  KeyUsage,
  Link as IssuerLink,
  Signature as CertificateSignature,
} from './certificate/certificate.ts';
export {
  type JudgedRow,
  type Judgement,
  judgeCertificates,
  type Machine as CertificateMachine,
  machines,
  type OwnCertificates,
  ownCertificates,
  type Subject as JudgedCertificate,
} from './certificate/judge.ts';
export { DRIVERS, driverName, libpqName } from './certificate/names.ts';
export { type Block, CERTIFICATE_LIMITS, type InputProblem, readFile, readPem, toPem } from './certificate/pem.ts';
export { verifyClient, verifyServer } from './certificate/verify.ts';
export { comparison, PRODUCTS, rumours } from './database-comparison/comparison.ts';
export type { PassedOver } from './diagnosis/passed-over.ts';
export { type AskedField, type AskedProblem, type ReadAsked, readAsked } from './diagnosis/path/asked.ts';
export { type PlanExample, planExamples, type RecordExample, recordExamples } from './diagnosis/path/examples.ts';
export { HOPS, type Hop, type HopKind, type HopVerdict } from './diagnosis/path/hop.ts';
export {
  type FollowOptions,
  follow,
  type Ground,
  type PassedRecord,
  type Path,
  type PsqlRow,
} from './diagnosis/path/path.ts';
export {
  type PsqlAnswer,
  type PsqlAttempt,
  type PsqlOptions,
  SSL_MODES,
  type SslMode,
} from './diagnosis/psql.ts';
export { acceptedUnencrypted } from './hba-analysis/accepted-unencrypted.ts';
export { type AccessStatement, type AccessSummary, accessSummary } from './hba-analysis/access-summary.ts';
export { type Answer, type Assertion, checkAssertion } from './hba-analysis/assertions.ts';
export type { Kind } from './hba-analysis/axis.ts';
export { decider } from './hba-analysis/decider.ts';
export { ReachabilityCache } from './hba-analysis/incremental.ts';
export {
  type AccessMap,
  accessMap,
  type MapCell,
  type MapColumn,
  type MapEntry,
  type MapOptions,
  type MapRow,
  type MapWay,
} from './hba-analysis/map/map.ts';
export { type Misplaced, type Placement, placeRecord } from './hba-analysis/placement.ts';
export { mayDecide } from './hba-analysis/reachability.ts';
export { type Tidied, tidy } from './hba-analysis/tidy.ts';
export type { Assumption, CarriedLine, FileLine, Imported, ImportInput, LeftLine } from './import/imported.ts';
export { LINK_LIMITS } from './link/limits.ts';
export {
  type AskedConnection,
  decodeScreen,
  encodeScreen,
  type OpenedScreen,
  type ScreenState,
} from './link/screen.ts';
export { EARLIER_NAMES, isScreenLink, SCREENS, type ScreenName } from './link/screens.ts';
export { type MissingInLog, missingInLog } from './log-analysis/missing.ts';
export { type NarrowerRule, type NotNarrower, narrowerRule } from './log-analysis/narrow-rule.ts';
export { type LogUse, type RuleUse, ruleUse } from './log-analysis/rule-use.ts';
export {
  type FailedSource,
  LogObserver,
  observeLog,
  type SeenConnection,
  type SeenInLog,
} from './log-analysis/seen.ts';
export { type Message, say } from './messages/message.ts';
export { type Disagreement, type Layer, type LayerKind, type Layers, layersOf, type Way } from './model/layers.ts';
export type { ClientAccess, Flow, HbaEntry, Host, HostKind, Listen, Role } from './model/model.ts';
export {
  addressText,
  type Family,
  firstHost,
  type Prefix,
  parseAddress,
  parsePrefix,
  prefixText,
} from './net/prefix.ts';
export { isPrivate } from './net/private.ts';
export { setOf } from './net/set.ts';
export { FAMILIES, pages, pagesOf } from './pages/list.ts';
export type { TargetPage } from './pages/page.ts';
export { CURVES } from './plan/cross-tls.ts';
export { defaultClient, defaultPlan as patternPlan, ownAuthority, STARTING_RETRIES } from './plan/defaults.ts';
export { bindPasswordFiles } from './plan/directory-bind.ts';
export { presetAnswers, unchangedAnswers } from './plan/examples.ts';
export { migrate } from './plan/migrate.ts';
export { readingOf } from './plan/reading.ts';
export { redact } from './plan/redact.ts';
export type { Result } from './plan/result.ts';
export type { Auth, Client, HostCertificate, Peer, Via } from './plan/schema.ts';
export { planShape, type Shape, type ShapeOfGroup } from './plan/shape.ts';
export { WAYS } from './plan/ways.ts';
export type { CatalogueSetting } from './postgres/conf/catalogue.ts';
export {
  type ConfLine,
  type ConfProblem,
  type ConfSetting,
  effectiveSettings,
  printConf,
} from './postgres/conf/conf.ts';
export { editConf } from './postgres/conf/edit.ts';
export { isLoopbackHost, isWhole, listensOn, permittedValidators, sslOf } from './postgres/conf/facts.ts';
export { readShownSettings, type ShownSettings } from './postgres/conf/shown-settings.ts';
export { type Edit, editHba } from './postgres/hba/edit.ts';
export { lineAt, parseAgain } from './postgres/hba/hba.ts';
export { mergedRules } from './postgres/hba/merged.ts';
export { PLATFORMS, type Platform, type PlatformFacts } from './postgres/platform.ts';
export type { Release } from './postgres/release.ts';
export { SETTINGS, type SettingFacts } from './postgres/settings.ts';
export { type Delta, deltaOf, patched } from './reuse/delta.ts';
export { isAtLeast, SEVERITIES, worstFirst } from './severity.ts';
export { type Document, documents, type Source, type Sourced } from './source.ts';
export { WORDINGS } from './upgrade/wording.ts';
export { VERSION } from './version.ts';
