/** A third-party document that contains the statement. */
export interface Document {
  /**
   * `manual`: the PostgreSQL manual. `code`: the source text of a program. `vendor`: the documentation of another
   * product.
   */
  readonly kind: 'manual' | 'man' | 'rfc' | 'code' | 'vendor';
  readonly title: string;
  readonly url: string;
}

/** A file of this repository by its path from the root: a test that fails if a statement is false, or the code that makes it true. */
export interface Own {
  readonly kind: 'test' | 'file';
  readonly path: string;
}

/** The source of a factual statement. */
export type Source = Document | Own;

/** A statement with its sources. */
export interface Sourced<S extends Source = Source> {
  readonly text: string;
  readonly source: S;
}

/** A page of the PostgreSQL manual by its file name, of the current release unless `major` names another. */
export const manual = (page: string, title: string, major: number | 'current' = 'current'): Document => ({
  kind: 'manual',
  title: `PostgreSQL${major === 'current' ? '' : ` ${major}`}, ${title}`,
  url: `https://www.postgresql.org/docs/${major}/${page}.html`,
});

/** A manual page by its name and section: `ufw(8)`. */
export const man = (title: string, url: string): Document => ({ kind: 'man', title, url });

/** A section of a Request for Comments. */
export const rfc = (number: number, section: string): Document => ({
  kind: 'rfc',
  title: `RFC ${number}, section ${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
});

/** A file of the source text of PostgreSQL. */
export const code = (file: string, branch = 'REL_18_STABLE'): Document => ({
  kind: 'code',
  title: `PostgreSQL, ${file}`,
  url: `https://github.com/postgres/postgres/blob/${branch}/${file}`,
});

/** A page of the documentation of another product. */
export const vendor = (title: string, url: string): Document => ({ kind: 'vendor', title, url });

export const test = (path: string): Own => ({ kind: 'test', path });
export const file = (path: string): Own => ({ kind: 'file', path });

/** Statements that have the same source. */
export const says = <S extends Source>(source: S, ...texts: readonly string[]): Sourced<S>[] =>
  texts.map((text) => ({ text, source }));

/** The documents among sources, for a reader to open. */
export const documents = (sources: readonly Source[]): Document[] => sources.filter((source) => 'url' in source);
