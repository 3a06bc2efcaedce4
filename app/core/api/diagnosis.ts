/** Why a connection was rejected. */
import { type DiagnoseOptions, type Diagnosis, diagnose as diagnoseText } from '../diagnosis/refusal/diagnose.ts';
import { guarded, listOfText, major, objectOf, optional, sideFiles, text } from './input.ts';

export type { AgainstFile, Remedy } from '../diagnosis/refusal/against-file.ts';
export { type Possibility, REFUSAL_LAYERS, type RefusalLayer } from '../diagnosis/refusal/cause.ts';
export { causes } from '../diagnosis/refusal/causes.ts';
export type { Command, CommandPlace } from '../diagnosis/refusal/command.ts';
export type { AlsoFound, Diagnosed, MatchedRecord } from '../diagnosis/refusal/diagnose.ts';
export { DIAGNOSIS_LIMITS } from '../diagnosis/refusal/diagnose.ts';

export type { Refusal } from '../diagnosis/refusal/refusal.ts';
export type { Failure, Issue, Result } from '../result.ts';
export type { DiagnoseOptions, Diagnosis };

/**
 * The causes behind the output of a client or a server log, most likely first; with the server's files each rejection
 * is compared with them.
 */
export const diagnose = guarded(
  (said: string, options: DiagnoseOptions = {}): Diagnosis => diagnoseText(said, options),
  {
    text,
    options: optional(
      objectOf({
        major: optional(major),
        hba: optional(text),
        files: optional(sideFiles),
        conf: optional(text),
        roles: optional(listOfText),
      }),
    ),
  },
);

export { loadToEnglish } from '../diagnosis/refusal/translations/english.ts';
export type { ToEnglish } from '../server-log/read.ts';
