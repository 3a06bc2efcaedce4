import { lineComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Bicep = Quoted<'bicep'>;

/** A line or a piece of Bicep. */
export const bicep = template<'bicep'>();

export const bicepComment = lineComment<'bicep'>('//');

/** A single-quoted string (learn.microsoft.com, "Data types in Bicep", strings): five escapes, and `${` interpolates. */
export function bicepString(value: string): Bicep {
  if (/\p{Cc}/u.test(value))
    throw new Error(`a Bicep string here holds no control character: ${JSON.stringify(value)}`);
  return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\$\{/g, '\\${')}'` as Bicep;
}
