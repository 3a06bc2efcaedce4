import { type Conninfo, conninfo, conninfoValue } from '../../quote/conninfo.ts';
import type { Hba } from '../../quote/hba.ts';
import type { Sh } from '../../quote/sh.ts';
import { sh, shEmbed } from '../../quote/sh.ts';
import type { Sql } from '../../quote/sql.ts';
import type { Facts } from './facts.ts';

/** Where a command or line belongs. */
export const COMMAND_PLACES = [
  'server-psql',
  'server-shell',
  'client-shell',
  'client-settings',
  'pg_hba.conf',
  'postgresql.conf',
  'pooler-configuration',
] as const;

export type CommandPlace = (typeof COMMAND_PLACES)[number];

/** Something to paste: it fixes the cause, or checks whether it is this one. */
export interface Command {
  readonly purpose: 'fix' | 'check';
  readonly place: CommandPlace;
  /** One or more lines, quoted for their place. */
  readonly text: string;
}

/** In psql on the server, as a superuser. */
export const fixInPsql = (...text: readonly Sql[]): Command => command('fix', 'server-psql', text);
export const checkInPsql = (...text: readonly Sql[]): Command => command('check', 'server-psql', text);
/** In a shell on the server. */
export const fixOnServer = (...text: readonly Sh[]): Command => command('fix', 'server-shell', text);
export const checkOnServer = (...text: readonly Sh[]): Command => command('check', 'server-shell', text);
/** In a shell on the client's machine. */
export const fixOnClient = (...text: readonly Sh[]): Command => command('fix', 'client-shell', text);
export const checkOnClient = (...text: readonly Sh[]): Command => command('check', 'client-shell', text);
/** Lines of pg_hba.conf. */
export const hbaLines = (...text: readonly Hba[]): Command => command('fix', 'pg_hba.conf', text);
/** Connection parameters in the form of libpq. */
export const clientSettings = (...text: readonly Conninfo[]): Command => command('fix', 'client-settings', text);

const command = (purpose: Command['purpose'], place: CommandPlace, text: readonly string[]): Command => ({
  purpose,
  place,
  text: text.join('\n'),
});

/** `psql` with what the text names, and further connection parameters. */
export function psqlTo({ host, port, role, database }: Facts, more: readonly Conninfo[] = []): Sh {
  const named = [
    ...(host === undefined ? [] : [conninfo`host=${conninfoValue(host)}`]),
    ...(port === undefined || port === 5432 ? [] : [conninfo`port=${port}`]),
    ...(role === undefined ? [] : [conninfo`user=${conninfoValue(role)}`]),
    ...(database === undefined ? [] : [conninfo`dbname=${conninfoValue(database)}`]),
    ...more,
  ];
  return sh`psql ${shEmbed(named.join(' ') as Conninfo)}`;
}
