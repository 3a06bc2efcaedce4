import { describe, expect, it } from 'vitest';
import { type AuditInput, findingsOf, parsedInput } from '../audit/findings.ts';
import { parseConf } from '../postgres/conf/conf.ts';
import { editConf } from '../postgres/conf/edit.ts';
import { editHba } from '../postgres/hba/edit.ts';
import { parseHba } from '../postgres/hba/hba.ts';
import { USUAL_MAJOR } from '../postgres/release.ts';
import type { SideFiles } from '../postgres/side-files.ts';

/** The file that the rule is about, or the full audit input; the usual major if no version is given. */
type Given = string | Partial<Input>;

interface Input extends AuditInput {
  readonly hba?: string;
  readonly conf?: string;
  /** The files that the two files include, by name. */
  readonly files?: SideFiles;
}

interface Found {
  readonly given: Given;
  /** The lines of the hits, from 1; undefined for a hit about something missing. */
  readonly lines: readonly (number | undefined)[];
  /** The included file of each hit, undefined for the main file; if absent, all are in the main file. */
  readonly included?: readonly (string | undefined)[];
  /** Part of the message of each hit, in order. */
  readonly messages?: readonly (string | RegExp)[];
  /** The file once the fixes of all hits are applied; null if no hit has a fix. */
  readonly fixed: string | null;
}

export interface RuleTable {
  /** Inputs that the rule must not report. */
  readonly valid: readonly Given[];
  readonly invalid: readonly Found[];
}

/**
 * Tests one audit rule by the texts that it finds, with line and the fix that it suggests, and those that it must not
 * report.
 */
export function testRule(id: string, file: 'pg_hba.conf' | 'postgresql.conf', { valid, invalid }: RuleTable): void {
  const inputOf = (given: Given): Input => ({
    major: USUAL_MAJOR,
    ...(typeof given === 'string' ? (file === 'pg_hba.conf' ? { hba: given } : { conf: given }) : given),
  });
  const hits = (given: Given) => findingsOf(parsedInput(inputOf(given))).filter((finding) => finding.id === id);
  const named = <Row>(rows: readonly Row[], given: (row: Row) => Given) =>
    rows.map((row) => [JSON.stringify(given(row)), row] as const);

  describe(id, () => {
    it.each(named(valid, (given) => given))('does not report %s', (_, given) => {
      expect(hits(given).map(({ line, message }) => ({ line, message }))).toEqual([]);
    });
    it.each(named(invalid, ({ given }) => given))('finds %s', (_, { given, lines, included, messages, fixed }) => {
      const found = hits(given);
      expect(found.map(({ line }) => line)).toEqual(lines);
      expect(found.map((hit) => hit.included)).toEqual(included ?? lines.map(() => undefined));
      for (const [index, message] of (messages ?? []).entries()) {
        const said = found[index]?.message ?? '';
        if (typeof message === 'string') expect(said).toContain(message);
        else expect(said).toMatch(message);
      }
      const edits = found.flatMap(({ fix }) => (fix?.file === file ? fix.edits : []));
      const { hba = '', conf = '', major } = inputOf(given);
      const apply = () =>
        file === 'pg_hba.conf' ? editHba(parseHba(hba, { major }), edits) : editConf(parseConf(conf, { major }), edits);
      expect(edits.length === 0 ? null : apply()).toBe(fixed);
    });
  });
}
