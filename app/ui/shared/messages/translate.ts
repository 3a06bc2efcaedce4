import messages from 'virtual:messages/en';
import { setupI18n } from '@lingui/core';
import { type Message, shownBytes } from '../../../core/index.ts';
import type english from './en.json';
import { sentence, type Values } from './sentence.ts';

export type { Values };

/** The id of a sentence in the screens' catalogue. */
export type MessageId = keyof typeof english;

/** A question of the wizard: its label, and the sentence that explains why it is asked. */
export type QuestionId = { [Id in MessageId]: `${Id}.why` extends MessageId ? Id : never }[MessageId];

const i18n = setupI18n({ locale: 'en', messages: { en: messages } });

/** The sentence in the current language, with its values filled in. */
export const t = (id: MessageId, values?: Values): string => sentence(i18n, id, values);

/** Whether the catalogue has a sentence with this id. */
export const isMessage = (id: string): id is MessageId => id in i18n.messages;

export const why = (question: QuestionId): string => i18n._(`${question}.why`);

/** A sentence of the core: the catalogue's translation if it has one (as `core.<id>`), else the core's English. */
export function sayCore(message: Message | { id: string; values: Values; message: string }): string {
  const id = `core.${message.id}`;
  return isMessage(id)
    ? sentence(i18n, id, message.values)
    : shownBytes('text' in message ? message.text : message.message);
}
