/** The public face of Postern's core. Everything here is synchronous, pure and deterministic unless said otherwise. */
export { type Connection, type Decision, decide, type Outcome, type Place, type Skip } from './access/decide.ts';
export { deriveAccess } from './access/derive.ts';
export { type Disagreement, type Layer, type LayerKind, type Layers, layersOf, type Way } from './access/layers.ts';
export {
  type AccessMap,
  accessMap,
  type MapCell,
  type MapColumn,
  type MapEntry,
  type MapOptions,
  type MapRow,
  type MapWay,
} from './access/map/map.ts';
export type { AccessModel, ClientAccess, Flow, Grant, Host, HostKind, Listen, Role } from './access/model.ts';
export { ReachMemory } from './access/reach/again.ts';
export { type Answer, type Assertion, checkAssertion } from './access/reach/assertions.ts';
export type { Kind } from './access/reach/axis.ts';
export { type AccessChange, compareAccess, type PossibleChange } from './access/reach/compare.ts';
export { decider } from './access/reach/decider.ts';
export { type Misplaced, type Placement, placeRecord } from './access/reach/placing.ts';
export { mayDecide, type ReachabilityOptions, type RecordReach, reachability } from './access/reach/reachability.ts';
export { type Tidied, tidy } from './access/reach/tidy.ts';
export type { Apply, BundleFile, Language, Machine, Note } from './artifacts/file.ts';
export type { Finding, Severity } from './artifacts/findings/finding.ts';
export { type Bundle, generate, MACHINES } from './artifacts/generate.ts';
export { type AuditFinding, type AuditInput, audit } from './audit/audit.ts';
export { confRules } from './audit/conf-rules.ts';
export { type AuditDocument, jsonReport } from './audit/export/json.ts';
export { markdownReport } from './audit/export/markdown.ts';
export type { AuditedFile, AuditReport } from './audit/export/report.ts';
export { sarifReport } from './audit/export/sarif.ts';
export type { AuditSeverity, ConfRule, Fix, HbaRule, Reference } from './audit/rule.ts';
export { hbaRules } from './audit/rules.ts';
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
export { comparison, PRODUCTS, rumours } from './comparison/comparison.ts';
export type { AgainstFile, Remedy } from './diagnosis/against-file.ts';
export { type Possibility, REFUSAL_LAYERS, type RefusalLayer } from './diagnosis/cause.ts';
export { causes } from './diagnosis/causes.ts';
export {
  type Diagnosed,
  type DiagnoseOptions,
  type Diagnosis,
  diagnose,
  type MatchedRecord,
} from './diagnosis/diagnose.ts';
export { DIAGNOSIS_LIMITS } from './diagnosis/lines.ts';
export type { PassedOver } from './diagnosis/passed-over.ts';
export {
  type AskedField,
  type AskedProblem,
  type ReadAsked,
  readAsked,
} from './diagnosis/path/asked.ts';
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
  whatPsqlPrints,
} from './diagnosis/psql.ts';
export type { Refusal } from './diagnosis/refusal.ts';
export { importFiles } from './import/import.ts';
export type { Assumption, CarriedLine, FileLine, Imported, ImportInput, LeftLine } from './import/imported.ts';
export { LINK_LIMITS } from './link/pack.ts';
export {
  type AskedConnection,
  decodeScreen,
  encodeScreen,
  isScreenLink,
  type OpenedScreen,
  type ScreenState,
} from './link/screen.ts';
export { SCREENS, type ScreenName } from './link/screens.ts';
export { type Message, say } from './messages/message.ts';
export {
  addressText,
  type Family,
  firstHost,
  type Prefix,
  parseAddress,
  parsePrefix,
  prefixText,
} from './net/prefix.ts';
export { setOf } from './net/set.ts';
export { FAMILIES, pages, pagesOf } from './pages/list.ts';
export type { Sourced, TargetPage } from './pages/page.ts';
export { CURVES } from './plan/cross-tls.ts';
export { defaultClient, defaultPlan, ownAuthority } from './plan/defaults.ts';
export { decodeLink, encodeLink } from './plan/link.ts';
export { migrate } from './plan/migrate.ts';
export { parsePlan } from './plan/parse.ts';
export { redact } from './plan/redact.ts';
export type { PlanIssue, Result } from './plan/result.ts';
export type { Auth, Client, Pattern, Peer, Plan, Via } from './plan/schema.ts';
export { WAYS } from './plan/ways.ts';
export { type CatalogueSetting, settingOf } from './postgres/conf/catalogue.ts';
export {
  type Conf,
  type ConfLine,
  type ConfProblem,
  type ConfSetting,
  effectiveSettings,
  type ParseConfOptions,
  parseConf,
  printConf,
} from './postgres/conf/conf.ts';
export { editConf } from './postgres/conf/edit.ts';
export { suggestSetting } from './postgres/conf/suggest.ts';
export { valueProblem } from './postgres/conf/value.ts';
export { type Edit, editHba } from './postgres/hba/edit.ts';
export { type FileRule, type FileRulesOptions, fileRules } from './postgres/hba/file-rules.ts';
export {
  type Hba,
  type HbaLine,
  lineAt,
  type ParseHbaOptions,
  parseHba,
  printHba,
  type RefusedLine,
} from './postgres/hba/hba.ts';
export { PLATFORMS, type Platform, type PlatformFacts, platformFacts } from './postgres/platform.ts';
export { MAJORS, type Release, release } from './postgres/release.ts';
export { SETTINGS, type SettingFacts } from './postgres/settings.ts';
export type { SideFiles } from './postgres/side-files.ts';
export { VERSION } from './version.ts';
