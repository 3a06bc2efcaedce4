import { type Quoted, template } from './template.ts';

export type Python = Quoted<'python'>;

/** A line or a piece of Python. */
export const python = template<'python'>();

/** A string literal; JSON's escapes are a subset of Python's, and characters beyond the basic plane stand as they are. */
export const pythonString = (value: string): Python => JSON.stringify(value) as Python;
