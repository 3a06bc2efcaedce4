/** Text that is safe to stand in a file of language `L`. Only that language's quoting module makes it. */
export type Quoted<L extends string> = string & { readonly language: L };

/** What a template takes: quoted text or a number; a bare string does not compile. */
export type Part<L extends string> = Quoted<L> | number;

/** A template tag for one language. Its literal parts are ours; its values have been quoted. */
export type Template<L extends string> = (literals: TemplateStringsArray, ...values: Part<L>[]) => Quoted<L>;

/**
 * Makes the tag for a language: `` sh`ufw allow ${shWord(name)}` ``. Literals are raw, so a backslash is a backslash;
 * only the two escapes that JavaScript itself needs, before `${` and a backtick, are taken back.
 */
export function template<L extends string>(): Template<L> {
  const text = (literal: string) => literal.replace(/\\(?=\$\{|`)/g, '');
  return (literals, ...values) =>
    literals.raw
      .map((literal, index) => (index === 0 ? text(literal) : `${values[index - 1]}${text(literal)}`))
      .join('') as Quoted<L>;
}

/** Joins quoted pieces; the separator is ours. */
export function join<L extends string>(parts: readonly Quoted<L>[], separator: string): Quoted<L> {
  return parts.join(separator) as Quoted<L>;
}
