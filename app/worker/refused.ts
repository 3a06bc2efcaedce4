import {
  type AgainstFile,
  type Connection,
  type Diagnosis,
  diagnose,
  type Hba,
  type PassedOver,
  type Place,
  parseHba,
} from '../core/index.ts';
import { toldChanges } from './compared.ts';
import type { Files } from './files.ts';
import type { ToldPlacement } from './hardened.ts';
import { recordLine, type ToldOutcome, tell } from './told.ts';

/** A line of the file, with its text where it stands in the main one. */
export interface ToldPlace extends Place {
  readonly text?: string;
}

/** A line of the file as the edit leaves it. */
export interface EditedLine {
  readonly line: number;
  readonly text: string;
  readonly isNew: boolean;
}

/** What would let the client in, and nobody else. */
export type ToldRemedy =
  | { readonly kind: 'client-tls'; readonly by: ToldPlace; readonly serverToo: boolean }
  | {
      readonly kind: 'record';
      readonly record: string;
      readonly serverToo: boolean;
      readonly placement: ToldPlacement;
      /** The new line between its neighbours. */
      readonly shown: readonly EditedLine[];
    };

/** A refusal held against the file. */
export interface ToldAgainst {
  readonly connection: Connection;
  readonly agrees: boolean;
  readonly verdict: string;
  readonly told: ToldOutcome;
  readonly passed: readonly (PassedOver & { readonly record?: string })[];
  readonly passedCount: number;
  readonly below?: ToldPlace;
  /** `above`: the same as that of a refusal before it. */
  readonly remedy?: ToldRemedy | 'above';
}

/** What a text says, and what the file says to it. */
export interface ToldRefusal extends Omit<Diagnosis, 'against'> {
  readonly against: readonly ToldAgainst[];
}

/** Lines of the file that are shown above and below a new one. */
const NEIGHBOURS = 2;

/** The cause of a refusal. Without files the text has to speak for itself. */
export function refused(text: string, files: Files | null, roles: readonly string[]): ToldRefusal {
  if (!files || files.hba === '') return { ...diagnose(text), against: [] };
  const { major, hba: content, conf, included } = files;
  const { against, ...found } = diagnose(text, {
    major,
    hba: content,
    files: included,
    roles,
    ...(conf === '' ? {} : { conf }),
  });
  if (against.length === 0) return { ...found, against: [] };
  const hba = parseHba(content, { major, files: included });
  const seen = new Set<string>();
  return {
    ...found,
    against: against.map((one) => {
      const remedy = one.remedy && toldRemedy(one.remedy, hba, files);
      const key = JSON.stringify(remedy?.kind === 'record' ? remedy.record : remedy);
      const again = remedy !== undefined && seen.has(key);
      seen.add(key);
      return { ...toldAgainst(one, hba), ...(remedy ? { remedy: again ? ('above' as const) : remedy } : {}) };
    }),
  };
}

function toldAgainst({ connection, decision, agrees, verdict, passed, below }: AgainstFile, hba: Hba): ToldAgainst {
  return {
    connection,
    agrees,
    verdict,
    told: tell(hba, decision),
    passed: passed.map((one) => {
      const record = one.file === undefined ? recordLine(hba, one.line) : undefined;
      return { ...one, ...(record === undefined ? {} : { record }) };
    }),
    passedCount: decision.skipped.length,
    ...(below ? { below: toldPlace(below, hba) } : {}),
  };
}

function toldPlace(place: Place, hba: Hba): ToldPlace {
  const text = place.file === undefined ? recordLine(hba, place.line) : undefined;
  return { ...place, ...(text === undefined ? {} : { text }) };
}

function toldRemedy(remedy: NonNullable<AgainstFile['remedy']>, hba: Hba, { major, included }: Files): ToldRemedy {
  if (remedy.kind === 'client-tls') return { ...remedy, by: toldPlace(remedy.by, hba) };
  const { record, serverToo, placement } = remedy;
  const { text, line, above, changes } = placement;
  const after = parseHba(text, { major, files: included });
  const at = after.lines.findIndex(({ number }) => number === line);
  return {
    kind: 'record',
    record,
    serverToo,
    placement: { ...toldChanges(changes, hba, after), text, line, ...(above ? { above: toldPlace(above, hba) } : {}) },
    shown: after.lines.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1).map(({ number, raw }) => ({
      line: number,
      text: raw.replace(/[\r\n]+$/, '').slice(0, 300),
      isNew: number === line,
    })),
  };
}
