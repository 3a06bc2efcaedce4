import type { AccessModel } from '../access/model.ts';
import type { FileDraft } from './file.ts';

/** One target: the files that it adds for a model, none where the plan does not need it. */
export interface Artifact {
  readonly render: (model: AccessModel) => readonly FileDraft[];
}

/** Every target, in the order of doing within a machine. Adding one is a module and a line here. */
export const artifacts: readonly Artifact[] = [];
