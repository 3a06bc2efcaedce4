import first from 'virtual:messages/en/first';
import rest from 'virtual:messages/en/rest';
import { type Message, shownBytes } from '../../../core/index.ts';
import type english from './en.json';
import { type Catalogue, sentence, type Values } from './sentence.ts';

export type { Values };

/** The id of a sentence in the screens' catalogue. */
export type MessageId = keyof typeof english;

/** A question of the wizard: its label, and the sentence that explains why it is asked. */
export type QuestionId = { [Id in MessageId]: `${Id}.why` extends MessageId ? Id : never }[MessageId];

/** Parts of the page that are not the first screen import this module, and so load the other sentences before they run. */
const messages: Catalogue = { ...first, ...rest };

/** The sentence in the current language, with its values filled in. */
export const t = (id: MessageId, values?: Values): string => sentence(messages[id] ?? [id], values);

/** Whether the catalogue has a sentence with this id. */
export const isMessage = (id: string): id is MessageId => Object.hasOwn(messages, id);

export const why = (question: QuestionId): string => t(`${question}.why`);

/** A sentence of the core: the catalogue's translation if it has one (as `core.<id>`), else the core's English. */
export function sayCore(message: Message | { id: string; values: Values; message: string }): string {
  const id = `core.${message.id}`;
  return isMessage(id) ? t(id, message.values) : shownBytes('text' in message ? message.text : message.message);
}
