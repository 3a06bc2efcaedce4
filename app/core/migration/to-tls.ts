import { recordText } from '../audit/record-text.ts';
import { compareAccess } from '../hba-analysis/compare.ts';
import { type Conf, effectiveSettings, parseConf } from '../postgres/conf/conf.ts';
import { isWhole, sslOf } from '../postgres/conf/facts.ts';
import type { Edit } from '../postgres/edit-lines.ts';
import { commentStart } from '../postgres/hba/comment-start.ts';
import { editHba } from '../postgres/hba/edit.ts';
import { type Hba, lineAt, type PlacedRecord, parseAgain, printHba } from '../postgres/hba/hba.ts';
import { isLoopback } from '../postgres/hba/network.ts';
import { asksForSecret } from '../postgres/hba/record.ts';
import { unencryptedSessions } from '../postgres/queries.ts';
import type { SideFiles } from '../postgres/side-files.ts';
import { lines } from '../quote/lines.ts';
import { bindingStep, boundCertificate } from './binding.ts';
import { settingStep } from './setting-edit.ts';
import { type FileStep, type LeftRule, type MigrationStep, RELOAD, RESTORE } from './step.ts';

/** The steps from `host` to `hostssl`, and the rules that they don't change. */
export function toTls(
  hba: Hba,
  conf: Conf | undefined,
  files: SideFiles,
): { steps: MigrationStep[]; left: LeftRule[] } {
  const unencrypted = hba.records.filter(
    ({ record }) => asksForSecret.has(record.method) && !isLoopback(record) && acceptsUnencrypted.has(record.type),
  );
  const split = splitRules(hba, unencrypted);
  const left = unencrypted
    .filter((placed) => !split.rules.some((rule) => rule.placed === placed))
    .map(({ line, file, record }) => ({
      line,
      ...(file === undefined ? {} : { file }),
      reason:
        record.type === 'hostnossl'
          ? 'The rule accepts only connections without TLS. When its clients use TLS, delete it, and check that another rule matches them.'
          : 'The rule is in an included file, takes a field from one, or spans several lines. Change host to hostssl there by hand in the last step.',
    }));
  if (split.rules.length === 0) return { steps: [], left };
  const gss = usesGss(hba, conf);
  const offers = offered(conf);
  const [edited] = offers.files;
  return {
    steps: [
      offers,
      seen(hba.major, edited ? parseConf(edited.after, { major: hba.major, files }) : conf),
      CLIENTS,
      splitStep(hba.major, split),
      closeStep(hba.major, split, gss, files),
      bindingStep('tls-binding'),
    ],
    left,
  };
}

const acceptsUnencrypted: ReadonlySet<string> = new Set(['host', 'hostnossl', 'hostnogssenc']);

/**
 * Whether clients may use GSS encryption, which `hostssl` doesn't match: a rule or the server's keytab says so. 12
 * introduced it.
 */
function usesGss({ major, records }: Hba, conf: Conf | undefined): boolean {
  const keytab = conf !== undefined && effectiveSettings(conf).has('krb_server_keyfile');
  return (
    major >= 12 && (keytab || records.some(({ record: { type, method } }) => type === 'hostgssenc' || method === 'gss'))
  );
}

function offered(conf: Conf | undefined): MigrationStep {
  const off = conf !== undefined && sslOf(effectiveSettings(conf), isWhole(conf)) === false ? conf : undefined;
  return {
    id: 'tls-offered',
    title: 'Offer TLS',
    text: `${
      conf && !off
        ? 'The file turns TLS on already, so check that it works. '
        : 'Install a certificate and its key in the files that ssl_cert_file and ssl_key_file name, then set ssl to on and reload. '
    }Clients with sslmode=prefer, the default of libpq, use TLS from their next connection on. If the log says that SSL configuration was not reloaded, fix the certificate before the server restarts: with ssl on and no readable certificate it does not start.`,
    notes: boundCertificate,
    ...(off ? { sql: RELOAD } : conf ? {} : { sql: `ALTER SYSTEM SET ssl = on;\n${RELOAD}` }),
    files: off ? [settingStep(off, 'ssl', 'on')] : [],
    check: { text: 'ssl is on, and a client connects with sslmode=require.', sql: 'SHOW ssl;' },
    back: off
      ? RESTORE
      : conf
        ? { text: 'The step changes nothing.' }
        : { text: 'Reset the setting.', sql: `ALTER SYSTEM RESET ssl;\n${RELOAD}` },
  };
}

function seen(major: number, conf: Conf | undefined): MigrationStep {
  const logged = conf ? effectiveSettings(conf).get('log_connections')?.value.toLowerCase() : undefined;
  const off = conf && (logged === undefined || ['', 'off', 'no', 'false', '0'].includes(logged)) ? conf : undefined;
  return {
    id: 'tls-seen',
    title: 'Find the clients that connect unencrypted',
    text: `Run the query several times, during backups and batch jobs too: it shows the sessions that are open now. With log_connections on, each line “connection authorized” without “SSL enabled”${
      major < 12 ? '' : ' and without “GSS”'
    } is such a login. log_line_prefix needs %h for the address.`,
    sql: query(major),
    files: off ? [settingStep(off, 'log_connections', 'on')] : [],
    check: { text: 'You know the owner of every client in the list.' },
    back: off ? RESTORE : { text: 'The step changes nothing.' },
  };
}

const query = (major: number): string => lines(unencryptedSessions(major)).join('\n');

const CLIENTS: MigrationStep = {
  id: 'tls-clients',
  title: 'Require TLS in the clients',
  text: "Give each client the CA's certificate, and the parameters in the table. Without verification, TLS does not protect against an impersonated server.",
  files: [],
  check: { text: 'Each client that was in the list connects over TLS.' },
  back: { text: 'Remove the parameters from the client.' },
};

/** pg_hba.conf with a copy of each rule for TLS above the rule itself. */
interface Split {
  readonly file: FileStep;
  readonly hba: Hba;
  readonly rules: readonly SplitRule[];
}

interface SplitRule {
  readonly placed: PlacedRecord;
  /** The line of the rule for the rest, in the file with both. */
  readonly rest: number;
}

function splitRules(hba: Hba, unencrypted: readonly PlacedRecord[]): Split {
  const edits: Edit[] = [];
  const rules: SplitRule[] = [];
  for (const placed of unencrypted) {
    const edit = placed.record.type === 'hostnossl' ? undefined : recordText(hba, placed, { type: 'hostssl' });
    const raw = lineAt(hba, placed.line)?.raw.replace(/[\r\n]+$/, '');
    if (!edit || raw === undefined) continue;
    const comment = commentStart(raw);
    const rule = (comment < 0 ? raw : raw.slice(0, comment)).trimEnd();
    edits.push(edit, {
      kind: 'insert',
      line: placed.line + 1,
      text: `${rule}  # without TLS; until the migration ends`,
    });
    rules.push({ placed, rest: placed.line + rules.length + 1 });
  }
  const [before, after] = [printHba(hba), editHba(hba, edits)];
  return {
    file: { name: 'pg_hba.conf', edits, before, after },
    hba: parseAgain(after, hba),
    rules,
  };
}

const splitStep = (major: number, { file, rules }: Split): MigrationStep => ({
  id: 'tls-split',
  title: 'Match TLS and unencrypted connections with separate rules',
  text: `Each rule becomes two: hostssl, and below it the earlier rule for the rest. Access does not change. ${
    major < 14
      ? 'Now the query, run over a full cycle of your jobs, and the lines of the log say who still needs the second rule.'
      : `Now the log says who still needs the second rule: lines “connection authenticated” that end with ${rules
          .map(({ rest }) => `pg_hba.conf:${rest})`)
          .slice(0, PLACES)
          .join(' or ')}${rules.length > PLACES ? ' …' : ''}.`
  }`,
  sql: RELOAD,
  files: [file],
  check: {
    text: 'Over a full cycle of your jobs, the query returns no rows and the log has no such line.',
    sql: query(major),
  },
  back: RESTORE,
});

/** More rules than these are not named in a sentence. */
const PLACES = 8;

function closeStep(major: number, split: Split, gss: boolean, files: SideFiles): MigrationStep {
  const rest = split.rules.flatMap(({ rest: line }) =>
    split.hba.records.filter((placed) => placed.line === line && placed.file === undefined),
  );
  const edited = (rejects: boolean): FileStep => {
    const edits = rest.flatMap((placed) => closing(split.hba, placed, gss, rejects));
    return { name: 'pg_hba.conf', edits, before: split.file.after, after: editHba(split.hba, edits) };
  };
  const removed = edited(false);
  const parsed = (content: string) => parseAgain(content, split.hba, { files });
  // If a later rule matches the connections that a removed rule no longer does, they are rejected in its place.
  const onlyCloses = compareAccess(parsed(removed.before), parsed(removed.after)).every(
    ({ kind }) => kind === 'closed',
  );
  return {
    id: 'tls-required',
    title: 'Require TLS',
    text: `Remove the rules for unencrypted connections${gss ? ', except for GSS encryption' : ''}, and reload.${
      onlyCloses ? '' : ' Later rules match the same clients, so a rule that rejects them takes the place of each.'
    } Open sessions stay open until they end.`,
    sql: RELOAD,
    files: [onlyCloses ? removed : edited(true)],
    check: { text: 'Every client connects, and the query returns no rows.', sql: query(major) },
    locksOut: `Clients that connect without TLS${
      major < 12 || gss ? '' : ', and those with GSS encryption'
    }. The check of the step before has found none.`,
    back: RESTORE,
  };
}

/** What takes the place of a rule for the rest. */
function closing(hba: Hba, placed: PlacedRecord, gss: boolean, rejects: boolean): Edit[] {
  const { line, record } = placed;
  const encrypted = gss && record.type === 'host' ? recordText(hba, placed, { type: 'hostgssenc' }) : undefined;
  const rejection = rejects
    ? recordText(hba, placed, {
        // A `host` rule for the rest has no TLS connections left to match, and `hostnogssenc` must not match GSS.
        ...(record.type === 'host' ? { type: 'hostnossl' } : {}),
        method: 'reject',
        options: '',
      })
    : undefined;
  const texts = [encrypted, rejection].flatMap((edit) => (edit?.kind === 'replace' ? [withoutComment(edit.text)] : []));
  const [first, ...others] = texts;
  if (first === undefined) return [{ kind: 'delete', line }];
  return [
    { kind: 'replace', line, text: first },
    ...others.map((text): Edit => ({ kind: 'insert', line: line + 1, text })),
  ];
}

const withoutComment = (text: string): string => text.slice(0, commentStart(text)).trimEnd();
