import { type Quoted, template } from './template.ts';

export type AdoNet = Quoted<'adonet'>;

/** A piece of an ADO.NET connection string, as Npgsql reads it. */
export const adonet = template<'adonet'>();

/** A value; one with `;`, `=`, quotes or blanks stands in double quotes, which are doubled inside (DbConnectionStringBuilder). */
export const adonetValue = (value: string): AdoNet =>
  (/^[A-Za-z0-9_./:-]+$/.test(value) ? value : `"${value.replaceAll('"', '""')}"`) as AdoNet;
