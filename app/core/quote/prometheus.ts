import { type Quoted, template } from './template.ts';

/** An expression of Prometheus' query language. */
export type Promql = Quoted<'promql'>;
export const promql = template<'promql'>();

/** A string of the query language, with the escapes of Go (strutil.Unquote). */
export const promqlString = (value: string): Promql =>
  `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` as Promql;

/** The text of an annotation, which Prometheus runs through Go's templates. */
export type AlertText = Quoted<'alert'>;
export const alertText = template<'alert'>();

/** Plain text there. Each brace is written by a template of its own, so that no two of them meet. */
export const alertPlain = (value: string): AlertText => value.replaceAll('{', '{{"{"}}') as AlertText;
