import { type Quoted, template } from './template.ts';

export type Json = Quoted<'json'>;

/** A piece of JSON, which is also JavaScript. */
export const json = template<'json'>();

/** A value as JSON text (RFC 8259). */
export const jsonValue = (value: string | number | boolean | object): Json => JSON.stringify(value) as Json;

/** A whole document, for people and programs. */
export const jsonDocument = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
