/**
 * A line that crashes the server: reading it ends the session that queries `pg_hba_file_rules`, on reload the whole
 * server, and the server does not start with it. The server prints no message for it, so the text is ours.
 */
export const crash = (reason: string): string => `${START}${reason}`;

const START = 'PostgreSQL crashes when it reads this line: ';

/** Why a line crashes the server; undefined for one that it rejects normally. */
export const crashReason = (error: string | null): string | undefined =>
  error?.startsWith(START) ? error.slice(START.length) : undefined;
