import { deriver } from '../model/derive.ts';
import type { AccessModel } from '../model/model.ts';
import { exampleValues } from '../plan/examples.ts';
import type { PlanIssue } from '../plan/result.ts';
import type { Plan } from '../plan/schema.ts';
import { reused } from '../reuse/reused.ts';
import { sharing } from '../reuse/share.ts';
import { pastedDrafts } from './commands.ts';
import type { BundleFile, FileDraft, FileOutline, Machine } from './file.ts';
import type { Finding } from './findings/finding.ts';
import { FINDERS, findings } from './findings/findings.ts';
import { artifacts } from './list.ts';
import { renderFile } from './render.ts';
import { APPLY_PAGE, applyScripts } from './rollout/apply/scripts.ts';
import { type Guided, guides, type MachineSteps, machineSteps } from './rollout/guide/guide.ts';
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
export const generate = (plan: Plan): Bundle => generator()(plan).bundle;

/** What follows from one version of a plan. */
export interface Version {
  readonly plan: Plan;
  /** As of `exampleValues`. */
  readonly examples: readonly PlanIssue[];
  readonly model: AccessModel;
  readonly bundle: Bundle;
  /** As of `commandsToPaste`. */
  readonly commands: readonly BundleFile[];
}

/** What the scripts and guides are written from. */
interface Installed {
  readonly model: AccessModel;
  readonly outlines: readonly FileOutline[];
  readonly pasted: readonly FileDraft<'sh'>[];
}

interface ForGuides {
  readonly model: AccessModel;
  readonly guided: Guided;
}

/**
 * Generates the files of one version of a plan after another. A version has the very objects of the one before in every part
 * that it leaves unchanged, and only what depends on a changed answer is written again.
 */
export function generator(): (plan: Plan) => Version {
  const planOf = sharing((plan: Plan) => plan);
  const examplesOf = sharing(reused(exampleValues));
  const modelOf = deriver();
  const targets = artifacts.map(({ page, render }) => ({ usual: page, draftsOf: sharing(reused(render)) }));
  const pastedOf = sharing(reused(pastedDrafts));
  const outlinesOf = sharing((drafts: readonly FileDraft[]) => drafts.map(outlineOf));
  const outlinesOfTargets = sharing((drafts: readonly FileDraft[]) => drafts.map(outlineOf));
  const scriptsOf = sharing(reused(({ model, outlines }: Installed) => applyScripts(model, outlines)));
  const guidesOf = sharing(reused(({ model, guided }: ForGuides) => guides(model, guided)));
  const stepsOf = sharing(reused((of: Installed) => machineSteps(of.model, of.outlines, MACHINES, of.pasted)));
  const undoOf = sharing(
    reused(({ model, outlines }: Installed) => undoSteps(model, outlines, outlines.filter(isScript), MACHINES)),
  );
  const finders = FINDERS.map((find) => sharing(reused(find)));
  const versionOf = sharing((version: Version) => version);
  const rendered = new WeakMap<FileDraft, BundleFile>();

  function fileOf(draft: FileDraft, page?: string): BundleFile {
    const file = rendered.get(draft) ?? { ...renderFile(draft), ...(page === undefined ? {} : { page }) };
    rendered.set(draft, file);
    return file;
  }

  return (given) => {
    const plan = planOf(given);
    const model = modelOf(plan);
    const pasted = pastedOf(model);
    const paged = targets.flatMap(({ usual, draftsOf }) => draftsOf(model).map((draft) => ({ usual, draft })));
    const drafts = paged.map(({ draft }) => draft);
    // The scripts and guides that install the other files are generated from them.
    const scripts = scriptsOf({ model, pasted, outlines: outlinesOfTargets(drafts) });
    const installed = { model, pasted, outlines: outlinesOf([...drafts, ...scripts]) };
    const [steps, undo] = [stepsOf(installed), undoOf(installed)];
    const guided = { drafts: installed.outlines, machines: MACHINES, pasted, steps, undo };
    const order = (file: BundleFile) => MACHINES.indexOf(file.machine);
    const files = [
      ...guidesOf({ model, guided }).map((draft) => fileOf(draft)),
      ...paged.map(({ usual, draft }) => fileOf(draft, draft.page ?? usual)),
      ...scripts.map((draft) => fileOf(draft, APPLY_PAGE)),
    ].toSorted((a, b) => order(a) - order(b));
    return versionOf({
      plan,
      examples: examplesOf(plan),
      model,
      bundle: {
        files,
        steps,
        undo,
        findings: findings(finders.map((find) => find(model))),
      },
      commands: pasted.map((draft) => fileOf(draft)),
    });
  };
}

const outlineOf = ({ blocks: _, ...outline }: FileDraft): FileOutline => outline;

const isScript = ({ purpose }: FileOutline): boolean => purpose === 'rollout';
