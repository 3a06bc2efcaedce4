import { shownBytes } from '../../../core/index.ts';

export type Values = Readonly<Record<string, string | number>>;

/** An ICU message as the build compiles it (`@lingui/message-utils`): texts, values by name, and plurals of a value. */
export type Compiled = readonly (
  | string
  | readonly [name: string]
  | readonly [name: string, 'plural', cases: Readonly<Record<string, Compiled>>]
)[];

/** The compiled messages of a language, by id. */
export type Catalogue = Readonly<Record<string, Compiled>>;

const plurals = new Intl.PluralRules('en');
const numbers = new Intl.NumberFormat('en');

/** A message with its values unchanged; bytes that are not UTF-8 are written out. */
export const sentence = (message: Compiled, values: Values = {}): string => shownBytes(filled(message, values));

/** `count`: what `#` is within a plural. */
const filled = (message: Compiled, values: Values, count?: number): string =>
  message
    .map((part) => {
      if (typeof part === 'string') return part === '#' && count !== undefined ? numbers.format(count) : part;
      const [name, , cases] = part;
      const value = values[name] ?? '';
      if (cases === undefined) return value;
      const number = Number(value);
      return filled(cases[number] ?? cases[plurals.select(number)] ?? cases.other ?? [], values, number);
    })
    .join('');
