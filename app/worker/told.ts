import { type Connection, type Decision, type Hba, lineAt, type Outcome } from '../core/index.ts';

/** What becomes of a connection, with the text of the record that decides, where the main file holds it in one line. */
export interface ToldOutcome {
  readonly outcome: Outcome;
  readonly text?: string;
}

/** A connection and what becomes of it. */
export interface ToldConnection {
  readonly connection: Connection;
  readonly told: ToldOutcome;
}

/** As much of a line as one reads. */
const LONGEST = 200;

/** An outcome without what it takes long to find out and nobody asks for here. */
export function tell(hba: Hba, decision: Decision): ToldOutcome {
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

/** The text of a line of the main file, in one line and not too long. */
export function recordLine(hba: Hba, line: number): string | undefined {
  const raw = lineAt(hba, line)?.raw.replace(/\s+/g, ' ').trim();
  return raw !== undefined && raw.length > LONGEST ? `${raw.slice(0, LONGEST)}…` : raw;
}
