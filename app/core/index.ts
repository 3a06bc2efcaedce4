/** The public face of Postern's core. Everything here is synchronous, pure and deterministic unless said otherwise. */
export { deriveAccess } from './access/derive.ts';
export type { AccessModel, ClientAccess, Flow, Grant, Host, Listen, Role } from './access/model.ts';
export type { Apply, BundleFile, Language, Machine, Note } from './artifacts/file.ts';
export type { Finding, Severity } from './artifacts/findings/finding.ts';
export { type Bundle, generate, MACHINES } from './artifacts/generate.ts';
export { type Message, say } from './messages/message.ts';
export { addressText, type Family, firstHost, type Prefix, prefixText } from './net/prefix.ts';
export { defaultClient, defaultPlan } from './plan/defaults.ts';
export { decodeLink, encodeLink, LINK_LIMITS } from './plan/link.ts';
export { parsePlan } from './plan/parse.ts';
export { redact } from './plan/redact.ts';
export type { PlanIssue, Result } from './plan/result.ts';
export type { Auth, Client, Pattern, Peer, Plan, Via } from './plan/schema.ts';
export { WAYS } from './plan/ways.ts';
export { PLATFORMS, type Platform, type PlatformFacts, platformFacts } from './postgres/platform.ts';
export { MAJORS, type Release, release } from './postgres/release.ts';
export { VERSION } from './version.ts';
