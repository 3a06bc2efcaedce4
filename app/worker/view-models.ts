import { type Connection, type Decision, type Hba, lineAt, type Outcome, shownBytes } from '../core/index.ts';

/** The outcome of a connection, with the text of the decisive record if it is a single line of the main file. */
export interface OutcomeView {
  readonly outcome: Outcome;
  readonly text?: string;
}

/** A connection and its outcome. */
export interface ConnectionView {
  readonly connection: Connection;
  readonly told: OutcomeView;
}

/** Maximum length of a displayed line. */
const LONGEST = 200;

/** An outcome without fields that are slow to compute and not needed here. */
export function outcomeView(hba: Hba, decision: Decision): OutcomeView {
  if (decision.outcome === 'no-entry') return { outcome: { outcome: 'no-entry', message: decision.message } };
  const { outcome, line, file, method, options, message } = decision;
  const text = file === undefined ? recordLine(hba, line) : undefined;
  return {
    outcome: {
      outcome,
      line,
      method,
      options,
      ...(file === undefined ? {} : { file }),
      ...(message === undefined ? {} : { message }),
    },
    ...(text === undefined ? {} : { text }),
  };
}

/** The text of a line of the main file, on one line and truncated. */
export function recordLine(hba: Hba, line: number): string | undefined {
  const raw = lineAt(hba, line)?.raw;
  if (raw === undefined) return undefined;
  const text = shownBytes(raw).replace(/\s+/g, ' ').trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
