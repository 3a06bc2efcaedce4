import { deriveAccess } from '../model/derive.ts';
import type { AccessModel } from '../model/model.ts';
import type { Plan } from '../plan/schema.ts';
import type { BundleFile, FileDraft } from './file.ts';
import { firewalldCommands } from './firewall/firewalld.ts';
import { ufwCommands } from './firewall/ufw.ts';
import { renderFile } from './render.ts';

/**
 * Commands to paste into a shell instead of running a script of the bundle, one entry per machine. They are not part of the
 * bundle. Empty where the files themselves are what one pastes.
 */
export const commandsToPaste = (plan: Plan): BundleFile[] => pastedDrafts(deriveAccess(plan)).map(renderFile);

/** The same as drafts; a plan has one kind of firewall at most. */
export const pastedDrafts = (model: AccessModel): FileDraft<'sh'>[] => [
  ...ufwCommands(model),
  ...firewalldCommands(model),
];
