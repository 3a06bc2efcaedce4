import type { Plan } from '../../../core/index.ts';

/** What a form can contain instead of an answer: a number that is still being typed is text. */
type Loose<T> = T extends number
  ? number | string
  : T extends readonly (infer Entry)[]
    ? Loose<Entry>[]
    : T extends object
      ? { [Key in keyof T]: Loose<T[Key]> }
      : T;

/** A plan being edited: the plan's shape, whose texts and numbers may not be valid yet. No input is lost. */
export type Draft = Loose<Plan>;
export type DraftClient = Draft['clients'][number];
