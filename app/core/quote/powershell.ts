import { type Quoted, template } from './template.ts';

export type PowerShell = Quoted<'powershell'>;

/** A line or a piece of PowerShell. */
export const powershell = template<'powershell'>();

/** A verbatim string; PowerShell takes typographic single quotes for quotes too, so each kind is doubled (about_Quoting_Rules). */
export const psWord = (value: string): PowerShell => `'${value.replace(/['\u2018-\u201b]/g, '$&$&')}'` as PowerShell;
