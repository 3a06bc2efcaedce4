import { isEveryAddress, listensOn } from '../../postgres/conf/facts.ts';
import { parseBool } from '../../postgres/conf/value.ts';
import type { CisItem, Settings, Verdict } from './item.ts';

/** The value of a setting, or the default of PostgreSQL. */
const settingValue = (settings: Settings, name: string, byDefault: string): string =>
  settings.get(name)?.value ?? byDefault;

interface SettingCheck {
  readonly number: string;
  readonly title: string;
  readonly name: string;
  /** PostgreSQL's own default, for a file that doesn't set it. */
  readonly byDefault: string;
  /** What the item asks for, after “Required:”. */
  readonly required: string;
  readonly holds: (value: string, settings: Settings, major: number) => boolean | undefined;
}

/** An item about the value of one setting. */
const settingItem = ({ number, title, name, byDefault, required, holds }: SettingCheck): CisItem => ({
  number,
  title,
  *check({ settings, major }) {
    if (!settings) return;
    const setting = settings.get(name);
    const value = settingValue(settings, name, byDefault);
    const shown = value === '' ? 'empty' : value;
    const held = holds(value, settings, major);
    const verdict: Verdict = held === undefined ? 'unknown' : held ? 'satisfied' : 'violated';
    yield {
      verdict,
      message: `${name} is ${shown}${setting ? '' : ', its default'}.${held ? '' : ` Required: ${required}.`}`,
      ...(setting ? { place: { file: 'postgresql.conf', ...placeOf(setting) } } : {}),
    };
  },
});

const placeOf = ({ line, file }: { readonly line: number; readonly file?: string }) =>
  file === undefined ? { line } : { line, included: file };

const isOn = (value: string): boolean => parseBool(value) === true;
const isOff = (value: string): boolean => parseBool(value) === false;

const onItem = (number: string, name: string, byDefault: 'on' | 'off', title: string): CisItem =>
  settingItem({ number, title, name, byDefault, required: 'on', holds: isOn });

const offItem = (number: string, name: string, title: string): CisItem =>
  settingItem({ number, title, name, byDefault: 'off', required: 'off', holds: isOff });

/** An item that leaves the value to a policy: the report only shows it. */
const policyItem = (number: string, name: string, byDefault: string, title: string): CisItem =>
  settingItem({ number, title, name, byDefault, required: 'the value of your logging policy', holds: () => undefined });

/** An item that asks for one of these words. */
const wordItem = (check: Omit<SettingCheck, 'holds' | 'required'>, words: readonly string[]): CisItem =>
  settingItem({ ...check, required: words.join(' or '), holds: (value) => words.includes(value.toLowerCase()) });

const DETAILED = ['debug5', 'debug4', 'debug3', 'debug2', 'debug1', 'debug', 'info', 'notice', 'warning'];

/** The escapes that `log_line_prefix` needs; to syslog, the server's time and process are written by syslog itself. */
const PREFIX = { files: 'mrpludae', syslog: 'udah' } as const;

function hasPrefix(value: string, settings: Settings): boolean {
  const toSyslog = /^[\s"]*syslog[\s"]*$/i.test(settingValue(settings, 'log_destination', 'stderr'));
  return [...PREFIX[toSyslog ? 'syslog' : 'files']].every((letter) => new RegExp(`%-?\\d*${letter}`).test(value));
}

/** The mode of a file, octal if it begins with 0. */
const fileMode = (value: string): number => (/^0[0-7]*$/.test(value) ? Number.parseInt(value, 8) : Number(value));

const libraries = (value: string): readonly string[] =>
  value.split(',').map((one) => one.replace(/["\s]/g, '').replace(/^\$libdir\//, ''));

/** Key exchange with forward secrecy and authenticated encryption; `!` and other operators of OpenSSL aren't names. */
const STRONG_CIPHER =
  /^(?:TLS_(?:AES_(?:128|256)_GCM_SHA(?:256|384)|AES_128_CCM_SHA256|CHACHA20_POLY1305_SHA256)|(?:ECDHE-(?:ECDSA|RSA)|DHE-(?:RSA|DSS))-(?:AES(?:128|256)-(?:GCM-SHA(?:256|384)|CCM)|CHACHA20-POLY1305))$/;

export const settingItems: readonly CisItem[] = [
  policyItem('3.1.2', 'log_destination', 'stderr', 'Log destinations follow the policy'),
  onItem('3.1.3', 'logging_collector', 'off', 'The logging collector runs'),
  policyItem('3.1.4', 'log_directory', 'log', 'The log directory follows the policy'),
  policyItem('3.1.5', 'log_filename', 'postgresql-%Y-%m-%d_%H%M%S.log', 'Names of log files follow the policy'),
  settingItem({
    number: '3.1.6',
    title: 'Log files are readable by few',
    name: 'log_file_mode',
    byDefault: '0600',
    required: '0600, or 0640 for a group that reads logs',
    holds: (value) => [0o600, 0o640].includes(fileMode(value)),
  }),
  onItem('3.1.7', 'log_truncate_on_rotation', 'off', 'Log files of the same name are replaced'),
  policyItem('3.1.8', 'log_rotation_age', '1d', 'The lifetime of a log file follows the policy'),
  policyItem('3.1.9', 'log_rotation_size', '10MB', 'The size of a log file follows the policy'),
  policyItem('3.1.10', 'syslog_facility', 'local0', 'The syslog facility follows the policy'),
  onItem('3.1.11', 'syslog_sequence_numbers', 'on', 'Syslog keeps repeated messages'),
  onItem('3.1.12', 'syslog_split_messages', 'on', 'Syslog gets long messages in parts'),
  policyItem('3.1.13', 'syslog_ident', 'postgres', 'The program name in syslog follows the policy'),
  wordItem(
    { number: '3.1.14', title: 'Warnings are logged', name: 'log_min_messages', byDefault: 'warning' },
    DETAILED.toReversed(),
  ),
  wordItem(
    { number: '3.1.15', title: 'Failed statements are logged', name: 'log_min_error_statement', byDefault: 'error' },
    ['error', ...DETAILED.toReversed()],
  ),
  offItem('3.1.16', 'debug_print_parse', 'Parse trees are not logged'),
  offItem('3.1.17', 'debug_print_rewritten', 'Rewritten queries are not logged'),
  offItem('3.1.18', 'debug_print_plan', 'Plans are not logged'),
  onItem('3.1.19', 'debug_pretty_print', 'on', 'Debug output is indented'),
  settingItem({
    number: '3.1.20',
    title: 'Connections are logged',
    name: 'log_connections',
    byDefault: 'off',
    required: 'on',
    holds: (value, _, major) => isOn(value) || (major >= 18 && value.trim() !== '' && !isOff(value)),
  }),
  onItem('3.1.21', 'log_disconnections', 'off', 'Disconnections are logged'),
  wordItem(
    { number: '3.1.22', title: 'Messages are logged in full', name: 'log_error_verbosity', byDefault: 'default' },
    ['verbose'],
  ),
  offItem('3.1.23', 'log_hostname', 'Host names are not looked up for the log'),
  settingItem({
    number: '3.1.24',
    title: 'Log lines name the session',
    name: 'log_line_prefix',
    byDefault: '%m [%p] ',
    required: 'at least %m, %r, %p, %l, %u, %d, %a and %e, or for syslog %u, %d, %a and %h',
    holds: hasPrefix,
  }),
  settingItem({
    number: '3.1.25',
    title: 'Changes of the schema are logged',
    name: 'log_statement',
    byDefault: 'none',
    required: 'ddl, mod or all',
    holds: (value) => value.toLowerCase() !== 'none',
  }),
  settingItem({
    number: '3.1.26',
    title: 'The log is in UTC',
    name: 'log_timezone',
    byDefault: 'GMT',
    required: 'UTC or GMT',
    holds: (value) => /^(?:etc\/)?(?:utc|gmt)$/i.test(value),
  }),
  settingItem({
    number: '3.2',
    title: 'pgAudit is loaded',
    name: 'shared_preload_libraries',
    byDefault: '',
    required: 'pgaudit among the libraries, and its extension in each database',
    holds: (value) => (libraries(value).includes('pgaudit') ? undefined : false),
  }),
  settingItem({
    number: '5.2',
    title: 'The server listens on named addresses',
    name: 'listen_addresses',
    byDefault: 'localhost',
    required: 'a list of addresses',
    holds: (_, settings) => !(listensOn(settings) ?? []).some(isEveryAddress),
  }),
  settingItem({
    number: '5.6',
    title: 'Password strength is checked',
    name: 'shared_preload_libraries',
    byDefault: '',
    required: 'passwordcheck among the libraries',
    holds: (value) => libraries(value).includes('passwordcheck'),
  }),
  settingItem({
    number: '6.8',
    title: 'TLS is on',
    name: 'ssl',
    byDefault: 'off',
    required: 'on, with a certificate',
    holds: isOn,
  }),
  settingItem({
    number: '6.9',
    title: 'TLS 1.3 is required',
    name: 'ssl_min_protocol_version',
    byDefault: 'TLSv1.2',
    required: 'TLSv1.3',
    holds: (value) => value.toLowerCase() === 'tlsv1.3',
  }),
  settingItem({
    number: '6.10',
    title: 'Only strong ciphers are allowed',
    name: 'ssl_ciphers',
    byDefault: 'HIGH:MEDIUM:+3DES:!aNULL',
    required: 'only ECDHE or DHE ciphers with GCM, CCM or ChaCha20-Poly1305',
    holds: (value) => value.split(/[:, ]+/).every((cipher) => STRONG_CIPHER.test(cipher)),
  }),
  onItem('7.2', 'log_replication_commands', 'off', 'Replication commands are logged'),
  settingItem({
    number: '7.4',
    title: 'WAL is archived',
    name: 'archive_mode',
    byDefault: 'off',
    required: 'on, with archive_command or archive_library, and a look at pg_stat_archiver',
    holds: (value, settings) =>
      (isOn(value) || value.toLowerCase() === 'always') &&
      ['archive_command', 'archive_library'].some((name) => settingValue(settings, name, '') !== '')
        ? undefined
        : false,
  }),
  settingItem({
    number: '8.1',
    title: 'Temporary files are limited or elsewhere',
    name: 'temp_file_limit',
    byDefault: '-1',
    required: 'a limit, or temp_tablespaces outside the data directory, and restrictive permissions',
    holds: (value, settings) =>
      value === '-1' && settingValue(settings, 'temp_tablespaces', '') === '' ? false : undefined,
  }),
];
