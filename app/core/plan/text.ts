import type { Message, MessageId } from '../messages/message.ts';
import { say } from '../messages/message.ts';

/** Why a value is refused, and the value to offer instead where there is a likely one. */
export interface Problem extends Message {
  readonly fix?: string;
}

/** A check of one string: undefined means that it is taken. */
export type Check = (value: string) => Problem | undefined;

/** The sentence of a refusal, with its way out. */
export const problem = (
  id: MessageId,
  values: Readonly<Record<string, string | number>> = {},
  fix?: string,
): Problem => (fix === undefined ? say(id, values) : { ...say(id, { ...values, fix }), fix });

/** A value as a message shows it: in quotes, cut when long, with what cannot be seen spelled out. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
  const visible = text.replace(unseen, (character) => codePoint(character));
  return `"${visible.length > 80 ? `${visible.slice(0, 77)}...` : visible}"`;
}

const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** C0, DEL and C1 controls and the line and paragraph separators: they end lines or cannot be seen. */
const control = /[\p{Cc}\u2028\u2029]/u;
/** Characters that reorder or hide text (Unicode TR 36): marks, embeddings, isolates, zero-width ones, the byte order mark, tags. */
const bidi =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
const surrogate = /[\ud800-\udfff]/u;
const unseen = new RegExp(`${control.source}|${bidi.source}|${surrogate.source}`, 'gu');

/** Bytes of the text in UTF-8, which is what PostgreSQL counts. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** What every string of a plan must be: visible, valid Unicode on one line, at most `limit` bytes. */
export function checkText(limit: number): Check {
  return (value) => {
    const length = utf8Length(value);
    if (length > limit) return problem('text.length', { value: shown(value), length, limit });
    if (surrogate.test(value)) return problem('text.surrogate', { value: shown(value) });
    const controls = control.exec(value);
    if (controls) return problem('text.control', { value: shown(value), code: codePoint(controls[0]) });
    const hidden = bidi.exec(value);
    if (hidden) return problem('text.bidi', { value: shown(value), code: codePoint(hidden[0]) });
    return undefined;
  };
}

/** A name that people give: any visible text without blanks at its ends. */
export function checkName(limit: number): Check {
  const text = checkText(limit);
  return (value) => {
    if (value === '') return problem('text.empty');
    return (
      text(value) ??
      (value !== value.trim() ? problem('text.blankEnds', { value: shown(value) }, value.trim()) : undefined)
    );
  };
}
