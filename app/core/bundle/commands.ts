import { deriveAccess } from '../model/derive.ts';
import type { Plan } from '../plan/schema.ts';
import type { BundleFile } from './file.ts';
import { ufwCommands } from './firewall/ufw.ts';
import { renderFile } from './render.ts';

/**
 * Commands to paste into a shell instead of running a script of the bundle, one entry per machine. They are not part of the
 * bundle. Empty where the files themselves are what one pastes.
 */
export const commandsToPaste = (plan: Plan): BundleFile[] => ufwCommands(deriveAccess(plan)).map(renderFile);
