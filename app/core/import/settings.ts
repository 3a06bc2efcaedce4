import type { Setting } from '../bundle/postgres/setting.ts';
import { type Message, say } from '../messages/message.ts';
import { checkCiphers } from '../plan/fields.ts';
import { checkLinePrefix, checkTlsGroups } from '../plan/program-fields.ts';
import type { Plan } from '../plan/schema.ts';
import { shown } from '../plan/text.ts';
import { settingOf } from '../postgres/conf/catalogue.ts';
import { type Conf, type ConfSetting, effectiveSettings } from '../postgres/conf/conf.ts';
import { parseBool, settingNumber, valueProblem } from '../postgres/conf/value.ts';
import { type Platform, type PlatformFacts, pathIn } from '../postgres/platform.ts';
import type { LineAt } from './files.ts';
import type { CarriedLine, LeftLine } from './imported.ts';
import type { ValueOf } from './servers.ts';

/** The effective values that the server accepts. */
export function valuesOf(conf: Conf): ValueOf {
  const settings = effectiveSettings(conf);
  return (name) => {
    const setting = settings.get(name);
    const known = setting && settingOf(name, conf.major);
    return setting && (!known || valueProblem(known, setting.value, conf.major) === undefined)
      ? setting.value
      : undefined;
  };
}

/** A whole number in the setting's own unit, if a plan accepts it. */
function numberIn(value: ValueOf, name: string, major: number, least: number, most: number): number | undefined {
  const text = value(name);
  const setting = settingOf(name, major);
  const number = text === undefined || !setting ? undefined : settingNumber(setting, text, major);
  return number !== undefined && Number.isInteger(number) && number >= least && number <= most ? number : undefined;
}

const textIn = (value: string | undefined, check: (text: string) => unknown): string | null =>
  value === undefined || value === '' || check(value) ? null : value;

/** The hashing that the file sets, else the default of the major where records depend on it. */
export function hashingOf(value: ValueOf, major: number, md5Alone: boolean): Plan['security']['passwordHashing'] {
  const written = value('password_encryption')?.toLowerCase();
  if (written === 'scram-sha-256') return 'scram-sha-256';
  if (written !== undefined) return 'md5';
  return major < 14 && md5Alone ? 'md5' : 'scram-sha-256';
}

export const portOf = (value: ValueOf, major: number): number => numberIn(value, 'port', major, 1, 65535) ?? 5432;

/** The answers of a plan that come from settings, on top of the defaults. */
export function securityOf(
  defaults: Plan['security'],
  value: ValueOf,
  major: number,
  facts: PlatformFacts,
): Plan['security'] {
  const minimum = value('ssl_min_protocol_version');
  const log = value('log_connections');
  const disconnections = parseBool(value('log_disconnections') ?? 'off') ?? false;
  return {
    ...defaults,
    tlsMinimum: minimum === 'TLSv1.3' ? 'TLSv1.3' : 'TLSv1.2',
    ciphers: textIn(value('ssl_ciphers'), checkCiphers),
    groups: textIn(value(major >= 18 ? 'ssl_groups' : 'ssl_ecdh_curve'), checkTlsGroups),
    certificate: certificateOf(defaults.certificate, value, facts),
    authenticationTimeout: numberIn(value, 'authentication_timeout', major, 1, 600) ?? defaults.authenticationTimeout,
    maxConnections: numberIn(value, 'max_connections', major, 5, 10000) ?? null,
    superuserReserved: numberIn(value, 'superuser_reserved_connections', major, 1, 1000) ?? defaults.superuserReserved,
    reserved: numberIn(value, 'reserved_connections', major, 0, 1000) ?? 0,
    // If the file does not set it, it is off on the server; the plan turns it on, which restricts nobody.
    logConnections: log === undefined ? defaults.logConnections : logsConnections(log, major),
    logDisconnections: value('log_disconnections') === undefined ? defaults.logDisconnections : disconnections,
  };
}

/** Since 18 a list of what to log. */
function logsConnections(value: string, major: number): boolean {
  const word = parseBool(value);
  if (word !== undefined || major < 18) return word ?? false;
  return value.trim() !== '';
}

const OWN = 'postern-server.crt';

/** The plan's own certificate if the file names it, the one that the file names, or one to be created if TLS is off. */
function certificateOf(
  defaults: Plan['security']['certificate'],
  value: ValueOf,
  facts: PlatformFacts,
): Plan['security']['certificate'] {
  if (parseBool(value('ssl') ?? 'off') !== true) return defaults;
  const named = value('ssl_cert_file') ?? 'server.crt';
  if (named.endsWith(`/${OWN}`) || named.endsWith(`\\${OWN}`)) {
    if (value('ssl_ca_file') === undefined || defaults.source !== 'own-ca') return { source: 'lets-encrypt' };
    return { ...defaults, revocation: (value('ssl_crl_file') ?? '') !== '' };
  }
  const absolute = (path: string) =>
    /^(?:\/|[A-Za-z]:[\\/])/.test(path) ? path : pathIn(facts, facts.dataDirectory, path);
  return {
    source: 'existing',
    certificateFile: absolute(named),
    keyFile: absolute(value('ssl_key_file') ?? 'server.key'),
    rootFile: null,
  };
}

/** Where the log is written, as far as a plan can represent it. */
export function monitoringOf(
  defaults: Plan['monitoring'],
  value: ValueOf,
  major: number,
  platform: Platform,
): Plan['monitoring'] {
  const places = (value('log_destination') ?? '').split(',').map((place) => place.trim().toLowerCase());
  const log =
    places.includes('jsonlog') && major >= 15
      ? 'jsonlog'
      : places.length === 1 && places[0] === 'syslog' && ['debian', 'rhel', 'source'].includes(platform)
        ? 'syslog'
        : 'stderr';
  return { ...defaults, log, linePrefix: textIn(value('log_line_prefix'), checkLinePrefix) };
}

/** Settings that became dedicated answers instead of settings of the plan. */
export type Answered = ReadonlyMap<string, string>;

/** What became of each setting and each line that the server rejects. */
export function settingFates(
  conf: Conf,
  written: readonly Setting[],
  answered: Answered,
  lineAt: LineAt,
): { readonly carried: CarriedLine[]; readonly left: LeftLine[] } {
  const carried: CarriedLine[] = [];
  const left: LeftLine[] = [];
  const counts = effectiveSettings(conf);
  const byName = new Map(written.map((setting) => [setting.name as string, setting]));
  for (const setting of conf.settings) {
    const name = setting.name.toLowerCase();
    const line = lineAt(setting);
    const plan = byName.get(name);
    const why = notTaken(setting, counts.get(name), conf.major, lineAt);
    const path = answered.get(name) ?? plan?.reason.path;
    if (why) left.push({ ...line, reason: why });
    else if (path !== undefined && (!plan || same(plan, setting, conf.major)))
      carried.push({ ...line, paths: [path], notes: [] });
    else if (plan) left.push({ ...line, reason: say('import.setting.replaced', { value: shown(String(plan.value)) }) });
    else left.push({ ...line, reason: say('import.setting.stays') });
  }
  for (const problem of conf.problems)
    left.push({ ...lineAt(problem), reason: say('import.setting.problem', { error: problem.error }) });
  return { carried, left };
}

function notTaken(
  setting: ConfSetting,
  counts: ConfSetting | undefined,
  major: number,
  lineAt: LineAt,
): Message | undefined {
  const known = settingOf(setting.name, major);
  if (counts && counts !== setting)
    return say('import.setting.again', { line: counts.line, file: lineAt(counts).file });
  // A name with a dot belongs to an extension, and no catalogue lists it.
  if (!known) return setting.name.includes('.') ? undefined : say('import.setting.unknown', { major });
  const problem = valueProblem(known, setting.value, major);
  return problem === undefined ? undefined : say('import.setting.refused', { problem });
}

/** Whether the plan's value is equivalent to the file's. */
function same(plan: Setting, { name, value }: ConfSetting, major: number): boolean {
  const known = settingOf(name, major);
  const text = String(plan.value);
  if (text === value) return true;
  switch (known?.type) {
    case 'bool':
      return parseBool(text) === parseBool(value);
    case 'integer':
    case 'real':
      return settingNumber(known, text, major) === settingNumber(known, value, major);
    case 'enum':
      return text.toLowerCase() === value.toLowerCase();
    default:
      return plan.name === 'listen_addresses' && sorted(text) === sorted(value);
  }
}

const sorted = (list: string) => [...new Set(list.split(',').map((one) => one.trim().toLowerCase()))].sort().join(',');
