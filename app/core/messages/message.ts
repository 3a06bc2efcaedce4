import { english } from './english.ts';

/** Names one sentence of the core's catalogue; a translation is another table with the same ids. */
export type MessageId = keyof typeof english;

/** A sentence for the user: the id and values for a translation, and the finished English text. */
export interface Message {
  readonly id: MessageId;
  readonly values: Readonly<Record<string, string | number>>;
  readonly text: string;
}

/** Fills `{name}` placeholders of the catalogue's sentence. A placeholder without a value stays visible. */
export function say(id: MessageId, values: Readonly<Record<string, string | number>> = {}): Message {
  const text = english[id].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
  return { id, values, text };
}
