import {
  LogObserver,
  loadToEnglish,
  type NotNarrower,
  narrowerRule,
  parseHba,
  type RuleUse,
  ruleUse,
  type SeenInLog,
} from '../core/index.ts';
import { type AccessDifference, differenceView } from './compare.ts';
import { type Files, hbaReading } from './files.ts';
import { recordLine } from './view-models.ts';

/** A log file; with `gzip` it is compressed, as logrotate leaves it. */
export interface LogFile {
  readonly name: string;
  readonly content: Blob;
  readonly gzip: boolean;
}

/** A rule with its text and how it was used. */
export interface RuleUseView extends RuleUse {
  readonly text: string;
  readonly method: string;
}

export interface LogUseView {
  readonly rules: readonly RuleUseView[];
  /** Number of connections that the file would reject, or that can't be attributed. */
  readonly unattributed: number;
  readonly moved: number;
}

/** A narrower rule with what it closes, or why there is none. */
export interface NarrowerView {
  readonly reason: NotNarrower | null;
  readonly rule: {
    readonly lines: readonly string[];
    readonly text: string;
    readonly kept: number;
    readonly told: AccessDifference;
  } | null;
}

/** What log files say, and the names of those that ended in the middle. */
export interface ReadLog {
  readonly seen: SeenInLog;
  readonly broken: readonly string[];
}

/** Reads log files in order. Reports how many bytes of them have been read; never holds more than a piece of one. */
export async function observed(
  files: readonly LogFile[],
  onProgress: (bytes: number) => Promise<void>,
): Promise<ReadLog> {
  let observer: LogObserver | undefined;
  let read = 0;
  const broken: string[] = [];
  for (const { name, content, gzip } of files) {
    const counted = new TransformStream<BufferSource, BufferSource>({
      transform(piece, controller) {
        read += piece.byteLength;
        controller.enqueue(piece);
      },
    });
    const bytes = content.stream().pipeThrough(counted);
    const text = (gzip ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes).pipeThrough(
      new TextDecoderStream(),
    );
    const reader = text.getReader();
    try {
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        // The translations are large, and most logs are in English: the first piece tells.
        observer ??= new LogObserver(ENGLISH.test(piece.value) ? undefined : await loadToEnglish());
        observer.push(piece.value);
        await onProgress(read);
      }
    } catch (error) {
      // Only the decompression fails by itself; what it has given until then is read.
      if (!gzip || !(error instanceof TypeError)) throw error;
      broken.push(name);
    }
    // The last line of a file may have no line break, and the next file begins a new one.
    observer?.push('\n');
  }
  return { seen: (observer ?? new LogObserver()).end(), broken };
}

/** Records as a server with lc_messages in English writes them: text, csvlog or jsonlog. */
const ENGLISH =
  /\b(?:LOG|FATAL|ERROR|DETAIL|STATEMENT): {2}[a-z]|,(?:LOG|FATAL|ERROR),|"error_severity":"(?:LOG|FATAL|ERROR)"/;

/** The rules of the file with the connections of the log. */
export function usedRules(files: Files, seen: SeenInLog): LogUseView {
  const hba = parseHba(files.hba, hbaReading(files));
  const { rules, unattributed, moved } = ruleUse(hba, seen);
  return {
    rules: rules.map((use, index): RuleUseView => {
      const placed = hba.records[index];
      return {
        ...use,
        text: placed && placed.file === undefined ? (recordLine(hba, placed.line) ?? '') : '',
        method: placed?.record.method ?? '',
      };
    }),
    unattributed: unattributed.reduce((sum, { count }) => sum + count, 0),
    moved,
  };
}

/** A narrower rule in the place of one, or its removal. */
export function narrowed(files: Files, use: RuleUse): NarrowerView {
  const options = hbaReading(files);
  const found = narrowerRule(files.hba, options, use);
  if (typeof found === 'string') return { reason: found, rule: null };
  const { lines, text, kept, closes } = found;
  const told = differenceView(closes, parseHba(files.hba, options), parseHba(text, options));
  return { reason: null, rule: { lines, text, kept, told } };
}
