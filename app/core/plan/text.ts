import { byteLength } from '../bytes/bytes.ts';
import type { Message, MessageId } from '../messages/message.ts';
import { say } from '../messages/message.ts';
import { asSeen, codePoint, findUnseen, spelledOut, withoutShaping } from './unseen.ts';

/** Why a value is rejected, and the value to suggest if there is a likely one. */
export interface Problem extends Message {
  readonly fix?: string;
}

/** A check of one string: undefined means that it is accepted. */
export type Check = (value: string) => Problem | undefined;

/** The message of a rejection, with its way out. */
export const problem = (
  id: MessageId,
  values: Readonly<Record<string, string | number>> = {},
  fix?: string,
): Problem => (fix === undefined ? say(id, values) : { ...say(id, { ...values, fix }), fix });

/** Characters of a value that a message shows. */
const SHOWN = 80;

/** A value as a message shows it: quoted, truncated if long, with invisible characters written out. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'string' ? value : jsonText(value, 3);
  // One character more than is shown, so that text truncated here is marked as truncated below.
  const visible = [...spelledOut(text.slice(0, SHOWN + 1))];
  return `"${visible.length > SHOWN ? `${visible.slice(0, SHOWN - 3).join('')}...` : visible.join('')}"`;
}

/** The start of a value's JSON. `JSON.stringify` would throw on a deep value and serialize all of a large one. */
function jsonText(value: unknown, depth: number): string {
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value === 'string') return JSON.stringify(value.slice(0, SHOWN + 1));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? typeof value;
  const list = Array.isArray(value);
  const [start, end] = list ? '[]' : '{}';
  if (depth === 0) return `${start}...${end}`;
  const parts = list
    ? value.slice(0, SHOWN).map((entry) => jsonText(entry, depth - 1))
    : Object.entries(value)
        .slice(0, SHOWN)
        .map(([key, entry]) => `${JSON.stringify(key.slice(0, SHOWN + 1))}:${jsonText(entry, depth - 1)}`);
  return `${start}${parts.join(',')}${end}`;
}

/** Requirements on a name, an address or a path: text on one line, at most `limit` bytes, of visible characters. */
export function checkText(limit: number): Check {
  return (value) => tooLong(value, limit) ?? unseenIn(value, value);
}

/**
 * The same for text that is only read and never compared, such as notes: joiners between letters and in emoji are
 * allowed here.
 */
export function checkFreeText(limit: number): Check {
  return (value) => tooLong(value, limit) ?? unseenIn(value, withoutShaping(value));
}

function tooLong(value: string, limit: number): Problem | undefined {
  const length = byteLength(value);
  return length > limit ? problem('text.length', { value: shown(value), length, limit }) : undefined;
}

function unseenIn(value: string, judged: string): Problem | undefined {
  const found = findUnseen(judged);
  if (!found) return undefined;
  const values = { value: shown(value), code: codePoint(found.character) };
  return problem(`text.${found.kind}`, values, asSeen(value) || undefined);
}

/** A user-chosen name: any visible text without blanks at its ends. */
export const checkName = (limit: number): Check => named(checkText(limit));

/** A title: a name that is never compared. */
export const checkTitle = (limit: number): Check => named(checkFreeText(limit));

const named =
  (text: Check): Check =>
  (value) => {
    if (value === '') return problem('text.empty');
    return (
      text(value) ??
      (value !== value.trim() ? problem('text.blankEnds', { value: shown(value) }, value.trim()) : undefined)
    );
  };
