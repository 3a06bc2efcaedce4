import type { ParseHbaOptions } from '../../postgres/hba/hba.ts';
import { sql } from '../../quote/sql.ts';
import type { AgainstFile } from './against-file.ts';
import { rulesByMethod } from './by-method.ts';
import type { Cause } from './cause.ts';
import { addressTranslated } from './causes/address-translated.ts';
import { dockerWrongPort } from './causes/docker-wrong-port.ts';
import { noEntry } from './causes/no-entry.ts';
import { noEntryWithoutTls } from './causes/no-entry-without-tls.ts';
import { rejectedByRecord } from './causes/rejected-by-record.ts';
import { rejectedWithoutTls } from './causes/rejected-without-tls.ts';
import { checkInPsql, overTls, reload, rulesInFile, turnTlsOn } from './command.ts';
import { BY_RULES } from './consequences.ts';
import type { Refusal } from './refusal.ts';
import { isTranslated, isUnpublished, type Surroundings } from './surroundings.ts';

/** What narrows a cause: the rest of the text, and the files. */
export interface Narrowing {
  readonly surroundings: Surroundings;
  readonly refusals: readonly Refusal[];
  readonly against: readonly AgainstFile[];
  /** Users that the attempt names. */
  readonly users: readonly string[];
  readonly files?: ParseHbaOptions & { readonly hba: string };
}

/** What the reader is told about a cause; `wordings` and `examples` find it. */
export type Told = Omit<Cause, 'wordings' | 'examples'>;

/** Causes that a comparison with the file, or an address in the text, decides. */
const byRules: ReadonlySet<string> = new Set(BY_RULES);

/** Causes of a client that reached no server. */
const NOT_REACHED: ReadonlySet<string> = new Set(['server-unreachable', 'connection-refused', 'name-not-found']);

/**
 * A cause with what only this text and these files show. The service that runs the server comes first, because nobody
 * can add a rule there; then the file; then addresses and ports in the text.
 */
export function narrowed(cause: Told, about: Narrowing): Told {
  return byService(cause, about) ?? byFile(cause, about) ?? byText(cause, about) ?? cause;
}

function byService(cause: Told, { surroundings: { service } }: Narrowing): Told | undefined {
  const advice = service?.advice[cause.id];
  return service && advice && { ...withoutCommands(cause), ...advice, couldBe: [], references: [service.reference] };
}

function byFile(cause: Told, { against, files, users, refusals }: Narrowing): Told | undefined {
  if (!files) return undefined;
  if (byRules.has(cause.id)) {
    // Of several attempts at once (sslmode=prefer), the last is what the client could not improve on.
    const compared = against.at(-1);
    return compared && byComparison(asCompared(cause, compared), compared, refusals);
  }
  const rules = users.length === 1 ? rulesByMethod(cause.id, users[0] ?? '', files.hba, files) : [];
  const [only] = rules;
  if (!only || rules.length > 1 || only.file !== undefined) return undefined;
  const which = `In this file, line ${only.line} (\`${only.text}\`) is the only rule that can have matched.`;
  const ipv4 =
    only.ipv4 === undefined
      ? ''
      : ` It is for ::1, so localhost resolved to IPv6: over 127.0.0.1, line ${only.ipv4.line} requires ${only.ipv4.method}.`;
  const explanation = `${cause.explanation} ${which}${ipv4}`;
  if (only.ipv4 === undefined) return { ...cause, explanation };
  return {
    ...withoutCommands(cause),
    explanation,
    fix: `Give line ${only.line} the method of line ${only.ipv4.line} (scram-sha-256 where the role's password hash allows it) and reload, or let the client connect to 127.0.0.1.`,
    check: 'The client connects to `localhost` and to `127.0.0.1`.',
  };
}

/** The file shows whether TLS would help: if not, the cause is the rule, or that there is none. */
function asCompared(cause: Told, { agrees, remedy }: AgainstFile): Told {
  if (!agrees || remedy?.kind === 'client-tls') return cause;
  if (cause.id === 'rejected-without-tls') return toldOf(rejectedByRecord);
  return cause.id === 'no-entry-without-tls' ? toldOf(noEntry) : cause;
}

function byComparison(
  cause: Told,
  { agrees, invalid, verdict, remedy, passed, refusal }: AgainstFile,
  refusals: readonly Refusal[],
): Told {
  if (!agrees && !invalid)
    return {
      ...cause,
      id: 'another-file-in-force',
      title: 'The server uses another file than this one',
      explanation: verdict,
      fix: 'Ask the server which file it uses (`SHOW hba_file`) and what it read (`SELECT * FROM pg_hba_file_rules`). In a container, check that the volume is mounted at that path. Then reload with `SELECT pg_reload_conf()` and read the log.',
      commands: (facts) => [checkInPsql(sql`SHOW hba_file;`), rulesInFile(facts), reload],
      check: '`SHOW hba_file` returns the path of this file, and `pg_hba_file_rules` has its rules.',
      otherwise: 'If this file is in force, the first rule in it that matches explains the message.',
      couldBe: [],
    };
  const one = passed.find(({ reason }) => reason.includes('matches almost nothing'));
  if (one)
    return {
      ...withoutCommands(cause),
      id: 'network-of-one-address',
      title: `The network in line ${one.line} is a single address`,
      explanation: `${one.reason} It was probably meant for this client.${refusals.some(({ encryption, database }) => encryption === undefined && database !== undefined) ? " The message doesn't mention encryption, so this server is built without TLS." : ''}`,
      fix: `In line ${one.line}, write the client's own network, for example ${refusal.host}/${refusal.host.includes(':') ? 128 : 32}, rather than every address, and reload.`,
      check: `The client connects, and in \`pg_hba_file_rules\` the rule of line ${one.line} has the netmask of the network.`,
      otherwise:
        'If the network contains the client, this rule matches, and a rejection is about its method, such as `password authentication failed`.',
      couldBe: [],
    };
  if (remedy?.kind === 'client-tls') {
    const { id, check, otherwise } = refusal.kind === 'reject' ? rejectedWithoutTls : noEntryWithoutTls;
    return {
      ...cause,
      id,
      title: 'This file allows the client only over TLS',
      explanation: `${verdict} Over TLS, line ${remedy.by.line}${remedy.by.file === undefined ? '' : ` of ${remedy.by.file}`} allows it.`,
      fix: `Set sslmode=require, or better verify-full, in the client${remedy.serverToo ? ', and set ssl = on in postgresql.conf, which has it off' : ''}. The file needs no change.`,
      commands: (facts) => [...(remedy.serverToo ? turnTlsOn : []), ...overTls(facts)],
      check,
      otherwise,
      couldBe: [],
    };
  }
  if (remedy) {
    const needsTls = remedy.kind === 'record' && refusal.encryption === 'none' && refusal.host !== '[local]';
    const fix = `Insert the rule below, which allows only this client, and reload.${needsTls ? ` It requires TLS: set sslmode=require, or better verify-full, in the client${remedy.serverToo ? ', and set ssl = on in postgresql.conf, which has it off' : ''}.` : ''}`;
    return { ...withoutCommands(cause), explanation: verdict, fix, couldBe: [] };
  }
  return { ...cause, explanation: `${verdict} ${cause.explanation}` };
}

function byText(cause: Told, { surroundings, refusals }: Narrowing): Told | undefined {
  if (surroundings.passwordFile !== undefined && (cause.id === 'password-refused' || cause.id === 'wrong-password'))
    return {
      ...cause,
      explanation: `${cause.explanation} The client took the password from the file ${surroundings.passwordFile}.`,
      fix: `Compare the line for this host, port, database and role in ${surroundings.passwordFile} with the role's password: the first line that matches counts. ${cause.fix}`,
    };
  if (byRules.has(cause.id) && refusals.length > 0 && refusals.every((refusal) => isTranslated(surroundings, refusal)))
    return toldOf(addressTranslated);
  if (NOT_REACHED.has(cause.id) && isUnpublished(surroundings)) {
    const ports = [...new Set(surroundings.published.map(({ port }) => port))].join(', ');
    const tried = [...new Set(surroundings.targets.map(({ host, port }) => `${host}:${port}`))].join(', ');
    const told = toldOf(dockerWrongPort);
    return { ...told, explanation: `${told.explanation} Published: ${ports}. Tried: ${tried}.` };
  }
  return undefined;
}

/** A cause whose fix is replaced: its commands are for its own fix. */
function withoutCommands({ commands: _commands, ...told }: Told): Told {
  return told;
}

export function toldOf({ wordings: _wordings, examples: _examples, ...told }: Cause): Told {
  return told;
}
