import {
  type AgainstFile,
  type Connection,
  type DiagnoseOptions,
  type Diagnosis,
  diagnose,
  type Hba,
  loadToEnglish,
  type PassedOver,
  type Place,
  parseAgain,
  parseHba,
  type ToEnglish,
} from '../core/index.ts';
import { differenceView } from './compare.ts';
import { type Files, hbaReading } from './files.ts';
import type { PlacementView } from './tidy-placement.ts';
import { type OutcomeView, outcomeView, recordLine } from './view-models.ts';

/** A line of the file, with its text if it is in the main file. */
export interface PlaceView extends Place {
  readonly text?: string;
}

/** A line of the file after the edit. */
export interface EditedLine {
  readonly line: number;
  readonly text: string;
  readonly isNew: boolean;
}

/** A fix that lets the client connect, and no other. */
export type ToldRemedy =
  | { readonly kind: 'client-tls'; readonly by: PlaceView; readonly serverToo: boolean }
  | {
      readonly kind: 'record';
      readonly record: string;
      readonly serverToo: boolean;
      readonly placement: PlacementView;
      /** The new line with its adjacent lines. */
      readonly shown: readonly EditedLine[];
    };

/** A rejection compared with the file. */
export interface ToldAgainst {
  readonly connection: Connection;
  readonly agrees: boolean;
  readonly verdict: string;
  readonly told: OutcomeView;
  readonly passed: readonly (PassedOver & { readonly record?: string })[];
  readonly passedCount: number;
  readonly below?: PlaceView;
  /** `above`: the same as that of an earlier rejection. */
  readonly remedy?: ToldRemedy | 'above';
}

/** The diagnosis of a text, with the comparison with the file. */
export interface ToldRefusal extends Omit<Diagnosis, 'against'> {
  /** The text was in another language, and the quoted lines are PostgreSQL's English ones. */
  readonly translated?: boolean;
  readonly against: readonly ToldAgainst[];
}

/** Number of lines of the file that are shown above and below a new one. */
const NEIGHBOURS = 2;

/** The cause of a rejection. Without files, it is diagnosed from the text alone. */
export async function refused(text: string, files: Files | null, roles: readonly string[]): Promise<ToldRefusal> {
  const found = told(text, files, roles);
  // The translations are large, and most texts are in English.
  if (found.causes.length > 0 && !NOT_ASCII.test(text)) return found;
  const toEnglish = await loadToEnglish();
  return { ...told(text, files, roles, toEnglish), translated: toEnglish(text) !== text };
}

/** Translated messages nearly always have a letter that English lacks. */
const NOT_ASCII = /[^\s!-~]/;

function told(text: string, files: Files | null, roles: readonly string[], toEnglish?: ToEnglish): ToldRefusal {
  const translated: DiagnoseOptions = toEnglish ? { toEnglish } : {};
  if (!files || files.hba === '') return { ...diagnose(text, translated), against: [] };
  const { major, hba: content, conf, included } = files;
  const { against, ...found } = diagnose(text, {
    major,
    hba: content,
    files: included,
    roles,
    ...translated,
    ...(conf === '' ? {} : { conf }),
  });
  if (against.length === 0) return { ...found, against: [] };
  const hba = parseHba(content, hbaReading(files));
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
    told: outcomeView(hba, decision),
    passed: passed.map((one) => {
      const record = one.file === undefined ? recordLine(hba, one.line) : undefined;
      return { ...one, ...(record === undefined ? {} : { record }) };
    }),
    passedCount: decision.skipped.length,
    ...(below ? { below: toldPlace(below, hba) } : {}),
  };
}

function toldPlace(place: Place, hba: Hba): PlaceView {
  const text = place.file === undefined ? recordLine(hba, place.line) : undefined;
  return { ...place, ...(text === undefined ? {} : { text }) };
}

function toldRemedy(remedy: NonNullable<AgainstFile['remedy']>, hba: Hba, { included }: Files): ToldRemedy {
  if (remedy.kind === 'client-tls') return { ...remedy, by: toldPlace(remedy.by, hba) };
  const { record, serverToo, placement } = remedy;
  const { text, line, above, changes } = placement;
  const after = parseAgain(text, hba, { files: included });
  const at = after.lines.findIndex(({ number }) => number === line);
  return {
    kind: 'record',
    record,
    serverToo,
    placement: {
      ...differenceView(changes, hba, after),
      text,
      line,
      ...(above ? { above: toldPlace(above, hba) } : {}),
    },
    shown: after.lines.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1).map(({ number, raw }) => ({
      line: number,
      text: raw.replace(/[\r\n]+$/, '').slice(0, 300),
      isNew: number === line,
    })),
  };
}
