import { deriveAccess } from '../model/derive.ts';
import type { Plan } from '../plan/schema.ts';
import { pastedDrafts } from './commands.ts';
import type { BundleFile, Machine } from './file.ts';
import type { Finding } from './findings/finding.ts';
import { findings } from './findings/findings.ts';
import { artifacts } from './list.ts';
import { renderFile } from './render.ts';
import { APPLY_PAGE, applyScripts } from './rollout/apply/scripts.ts';
import { guides, type MachineSteps, machineSteps } from './rollout/guide/guide.ts';
import type { Step } from './rollout/guide/step.ts';
import { undoSteps } from './rollout/guide/undo.ts';

/** The result of generation: files by machine in the order of use, the steps, and the findings about the plan. */
export interface Bundle {
  readonly files: readonly BundleFile[];
  /** What to do on each machine, in order: the steps of the runbook, and of the manual steps. */
  readonly steps: readonly MachineSteps[];
  /** How to undo it on the same machines, in the reverse order. */
  readonly undo: readonly Step[];
  readonly findings: readonly Finding[];
}

/** Machines in the order in which they are set up. */
export const MACHINES: readonly Machine[] = [
  'your-machine',
  'vpn-gateway',
  'database-server',
  'replicas',
  'vpn-peers',
  'bastion',
  'clients',
];

/** All files for a valid plan. Same plan, same bytes. */
export function generate(plan: Plan): Bundle {
  const model = deriveAccess(plan);
  const targets = artifacts.flatMap(({ page, render }) => render(model).map((draft) => ({ page, draft })));
  // The scripts and guides that install the other files are generated from them.
  const rollout = applyScripts(
    model,
    targets.map(({ draft }) => draft),
  );
  const drafts = [...targets.map(({ draft }) => draft), ...rollout];
  const pasted = pastedDrafts(model);
  const files: BundleFile[] = [
    ...guides(model, drafts, MACHINES, pasted).map(renderFile),
    ...targets.map(({ page: usual, draft }) => {
      const page = draft.page ?? usual;
      return { ...renderFile(draft), ...(page === undefined ? {} : { page }) };
    }),
    ...rollout.map((draft) => ({ ...renderFile(draft), page: APPLY_PAGE })),
  ];
  const order = (file: BundleFile) => MACHINES.indexOf(file.machine);
  return {
    files: files.toSorted((a, b) => order(a) - order(b)),
    steps: machineSteps(model, drafts, MACHINES, pasted),
    undo: undoSteps(model, drafts, rollout, MACHINES),
    findings: findings(model),
  };
}
