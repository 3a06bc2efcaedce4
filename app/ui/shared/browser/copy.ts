import { t } from '../messages/translate.ts';
import { announce } from './announce.ts';

/** Copies, and announces that it did, or what to do if the browser forbids it. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announce(done);
  } catch {
    announce(copyTheOldWay(text) ? done : t('copy.failed'));
  }
}

/** Pages served without TLS have no clipboard API, only the old command. */
function copyTheOldWay(text: string): boolean {
  const area = document.createElement('textarea');
  const focused = document.activeElement;
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
