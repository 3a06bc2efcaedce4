import { type AuditFinding, type AuditInput, findingsOf, type ParsedInput, parsedInput } from './findings.ts';
import { proveFix } from './prove-fix.ts';

export type { AuditFinding, AuditInput } from './findings.ts';

/** Larger files keep their fixes unproven: each proof audits the fixed file again. */
const MOST_RECORDS = 40;
const MOST_FIXES = 24;

/**
 * Every rule over the files, pg_hba.conf first, in the order of the lines. A comment `postern-ignore: id` on a line or above
 * it silences a rule there, `postern-ignore-file: id` in the whole file. A fix that `proveFix` can't prove is left out,
 * in files of at most 40 records and 24 fixes; in larger ones, call `proveFix` before you apply a fix.
 */
export function audit(input: AuditInput): AuditFinding[] {
  const parsed = parsedInput(input);
  const found = findingsOf(parsed);
  return isSmall(parsed, found) ? withProvenFixes(parsed, found) : found;
}

const isSmall = ({ hba }: ParsedInput, found: readonly AuditFinding[]): boolean =>
  (hba?.records.length ?? 0) <= MOST_RECORDS && found.filter(({ fix }) => fix).length <= MOST_FIXES;

function withProvenFixes(input: ParsedInput, found: readonly AuditFinding[]): AuditFinding[] {
  return found.map((finding) => {
    const { fix, ...rest } = finding;
    const proof = fix && proveFix(input, fix, () => found);
    return !proof || proof.proven ? finding : { ...rest, withheld: proof.says };
  });
}
