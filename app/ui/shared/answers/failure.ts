import { NotLoaded } from '../../../worker/stoppable.ts';
import { t } from '../messages/translate.ts';

/** The message for an error of a worker, or of loading a part of the page. */
export const failureText = (error: unknown): string =>
  error instanceof NotLoaded
    ? t('load.failed')
    : t('engine.failed', { failure: error instanceof Error ? error.message : String(error) });
