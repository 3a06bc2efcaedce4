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

// Made when they are first needed: a third of the time that the script of the start page takes was spent on them.
let plurals: Intl.PluralRules | undefined;
let numbers: Intl.NumberFormat | undefined;

const pluralOf = (number: number): Intl.LDMLPluralRule => {
  plurals ??= new Intl.PluralRules('en');
  return plurals.select(number);
};

const written = (number: number): string => {
  numbers ??= new Intl.NumberFormat('en');
  return numbers.format(number);
};

/** A message with its values unchanged; bytes that are not UTF-8 are written out. */
export const sentence = (message: Compiled, values: Values = {}): string => shownBytes(filled(message, values));

/** `count`: what `#` is within a plural. */
const filled = (message: Compiled, values: Values, count?: number): string =>
  message
    .map((part) => {
      if (typeof part === 'string') return part === '#' && count !== undefined ? written(count) : part;
      const [name, , cases] = part;
      const value = values[name] ?? '';
      if (cases === undefined) return value;
      const number = Number(value);
      return filled(cases[number] ?? cases[pluralOf(number)] ?? cases.other ?? [], values, number);
    })
    .join('');
