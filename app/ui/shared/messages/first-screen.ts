import messages from 'virtual:messages/en/first';
import type english from './en.json';
import type { FIRST } from './first.ts';
import { sentence, type Values } from './sentence.ts';

type Group = (typeof FIRST)[number];

/** The id of a sentence that the page can show as soon as it starts. */
type FirstMessageId = Extract<keyof typeof english, Group | `${Group}.${string}`>;

/** A sentence of the first screen, with its values filled in. */
export const t = (id: FirstMessageId, values?: Values): string => sentence(messages[id] ?? [id], values);
