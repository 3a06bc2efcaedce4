import type { Plan } from '../../../core/index.ts';
import { isMessage, t } from '../../shared/messages/translate.ts';
import { spotOf } from '../../shared/navigation/spots.ts';

/** The answer at a plan path as the wizard names it: the client's name, the question, or the screen that it is on. */
export function nameOfPath(path: string, plan: Plan): string {
  const client = /^clients\.(\d+)/.exec(path)?.[1];
  if (client !== undefined) return t('import.client', { name: plan.clients[Number(client)]?.name ?? client });
  return isMessage(path) ? t(path) : t(`group.${spotOf(path, plan.network.pattern).group}`);
}
