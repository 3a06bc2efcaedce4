import { type MessageId, say } from '../../messages/message.ts';
import type { Reason } from '../../model/model.ts';
import { applies, type SettingName } from '../../postgres/settings.ts';

/** One setting of the plan. A number is written bare, text in quotes. */
export interface Setting {
  readonly name: SettingName;
  readonly value: string | number;
  readonly reason: Reason;
  readonly apply: 'restart' | 'reload';
}

/** A setting with its reason and the answer that it comes from; restart or reload follows from its name. */
export const setting = (name: SettingName, value: string | number, id: MessageId, path: string): Setting => ({
  name,
  value,
  reason: { message: say(id), path },
  apply: applies(name),
});
