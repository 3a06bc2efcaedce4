import messages from 'virtual:messages/en';
import { setupI18n } from '@lingui/core';
import type { Message } from '../../core/index.ts';
import type english from './en.json';

/** Names one sentence of the screen's catalogue. */
export type MessageId = keyof typeof english;

/** A question of the wizard: its label, and beside it the sentence that says why it is asked. */
export type QuestionId = { [Id in MessageId]: `${Id}.why` extends MessageId ? Id : never }[MessageId];

export type Values = Readonly<Record<string, string | number>>;

const i18n = setupI18n({ locale: 'en', messages: { en: messages } });

/** The sentence in the current language, with its values filled in. */
export const t = (id: MessageId, values?: Values): string => i18n._(id, values);

/** Whether the catalogue has a sentence of this name. */
export const isMessage = (id: string): id is MessageId => id in i18n.messages;

export const why = (question: QuestionId): string => i18n._(`${question}.why`);

/** A sentence of the core: the catalogue's translation where it has one (as `core.<id>`), else the core's English. */
export function sayCore(message: Message | { id: string; values: Values; message: string }): string {
  const id = `core.${message.id}`;
  return isMessage(id) ? i18n._(id, message.values) : 'text' in message ? message.text : message.message;
}
