import { lineComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Hcl = Quoted<'hcl'>;

/** A line or a piece of Terraform's language. */
export const hcl = template<'hcl'>();

export const hclComment = lineComment<'hcl'>('#');

/** A quoted template without any interpolation: `${` and `%{` are doubled (HCL native syntax, "Template Literals"). */
export const hclString = (value: string): Hcl =>
  JSON.stringify(value)
    .replace(
      /[\u007f-\u009f\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replace(/([$%])\{/g, '$1$1{') as Hcl;
