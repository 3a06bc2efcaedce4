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
  /** The same template has the same literals each time. */
  const known = new WeakMap<TemplateStringsArray, readonly string[]>();
  return (literals, ...values) => {
    const texts = known.get(literals) ?? literals.raw.map(text);
    known.set(literals, texts);
    let all = texts[0] ?? '';
    for (const [index, value] of values.entries()) all += `${value}${texts[index + 1]}`;
    return all as Quoted<L>;
  };
}

/** Joins quoted pieces; the separator is ours. */
export function join<L extends string>(parts: readonly Quoted<L>[], separator: string): Quoted<L> {
  return parts.join(separator) as Quoted<L>;
}
