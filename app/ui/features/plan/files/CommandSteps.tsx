import { Undo2 } from 'lucide-react';
import type { Bundle, BundleFile, Step } from '../../../../core/index.ts';
import { withCurrent } from '../../../shared/answers/result.ts';
import type { Made } from '../../../shared/answers/store.ts';
import { announce } from '../../../shared/browser/announce.ts';
import { copyText } from '../../../shared/browser/copy.ts';
import { t } from '../../../shared/messages/translate.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { clearDone, markDone, stepId, stepVersion, useDoneSteps } from './done.ts';
import { linesOf, type Method, type StepGroup, type StepsChange, stepsBy } from './step-changes.ts';

interface Props {
  readonly made: Made;
  readonly change: StepsChange;
  readonly method: Method;
  readonly onMethod: (method: Method) => void;
}

/** What to run on each machine, in the order of use: the steps of the runbook, each with its commands to copy. */
export function CommandSteps({ made: { bundle }, change, method, onMethod }: Props) {
  const done = useDoneSteps();
  const hasManual = bundle.steps.some(({ manual }) => manual);
  return (
    <div className="space-y-5">
      <div className="space-y-2">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
          <p className="min-w-48 flex-1 text-muted">{t('commands.about')}</p>
          <button
            type="button"
            className="button-quiet"
            disabled={Object.keys(done).length === 0}
            onClick={() => announce(t('commands.cleared'), { undo: clearDone() })}
          >
            <Undo2 aria-hidden className="size-4" />
            {t('commands.clear')}
          </button>
        </div>
        {hasManual && <MethodChoice method={method} onMethod={onMethod} />}
      </div>
      {groupsOf(bundle).map((machine) => (
        <MachineCommands
          key={machine.folder}
          machine={machine}
          files={bundle.files}
          method={method}
          changed={change.changed.get(machine.folder)}
        />
      ))}
    </div>
  );
}

/** The machines, and what undoes all of it at the end. */
const groupsOf = ({ steps, undo }: Bundle): readonly StepGroup[] => [
  ...steps,
  { folder: 'undo', title: t('commands.undo'), steps: undo },
];

function MethodChoice({ method, onMethod }: Pick<Props, 'method' | 'onMethod'>) {
  return (
    <fieldset>
      <legend className="font-semibold">{t('commands.method')}</legend>
      {(['apply', 'manual'] as const).map((one) => (
        <label key={one} className="flex items-start gap-2 py-1">
          <input
            type="radio"
            name="command-method"
            className="mt-0.5 size-4 shrink-0"
            checked={method === one}
            onChange={() => onMethod(one)}
          />
          {t(`commands.method.${one}`)}
        </label>
      ))}
    </fieldset>
  );
}

interface MachineProps {
  readonly machine: StepGroup;
  readonly files: readonly BundleFile[];
  readonly method: Method;
  readonly changed: readonly ReadonlySet<number>[] | undefined;
}

function MachineCommands({ machine, files, method, changed }: MachineProps) {
  const done = useDoneSteps();
  const steps = stepsBy(method, machine).map((step, index) => {
    const id = stepId(machine, step);
    const version = stepVersion(machine, step, files);
    return { step, index, id, version, state: doneState(done[id], version) };
  });
  if (steps.length === 0) return null;
  const heading = `commands-${machine.folder}`;
  return (
    <section aria-labelledby={heading}>
      <h4 id={heading} className="text-base font-semibold break-words">
        {machine.title}{' '}
        <span className="text-sm font-normal text-muted">
          {t('commands.progress', { done: steps.filter(({ state }) => state === 'done').length, count: steps.length })}
        </span>
      </h4>
      <ol className="mt-1 divide-y divide-line border-y border-line">
        {steps.map(({ step, index, id, version, state }) => (
          <StepCommands
            key={id}
            machine={machine}
            step={step}
            number={index + 1}
            state={state}
            changed={changed?.[index]}
            onDone={(isDone) => markDone(id, isDone ? version : null)}
            onCopy={() => copyStep(machine, step, method)}
          />
        ))}
      </ol>
    </section>
  );
}

type DoneState = 'open' | 'done' | 'earlier';

const doneState = (done: string | undefined, version: string): DoneState =>
  done === undefined ? 'open' : done === version ? 'done' : 'earlier';

interface StepProps {
  readonly machine: StepGroup;
  readonly step: Step;
  readonly number: number;
  readonly state: DoneState;
  readonly changed: ReadonlySet<number> | undefined;
  readonly onDone: (isDone: boolean) => void;
  readonly onCopy: () => void;
}

function StepCommands({ machine, step, number, state, changed, onDone, onCopy }: StepProps) {
  const { title, text = [], language = 'sh', after = [], output } = step;
  const lines = linesOf(step);
  const name = { machine: machine.title, number, title };
  return (
    <li className="space-y-1.5 py-3">
      <div className="flex items-start gap-3">
        <h5 className={`min-w-0 flex-1 font-semibold break-words ${state === 'done' ? 'text-muted' : ''}`}>
          {number}. {title}
        </h5>
        <label className="flex shrink-0 items-center gap-1.5">
          <input
            type="checkbox"
            className="size-4"
            aria-label={t('commands.doneStep', { title: `${machine.title}, ${title}` })}
            checked={state === 'done'}
            onChange={(event) => onDone(event.target.checked)}
          />
          <span aria-hidden>{t('commands.done')}</span>
        </label>
      </div>
      {state === 'earlier' && <p className="text-caution">{t('commands.earlier')}</p>}
      <Paragraphs texts={text} />
      {lines.length > 0 && (
        <CodeBlock
          lines={lines}
          language={language}
          label={t('commands.copy', name)}
          onCopy={onCopy}
          {...(changed && { changed })}
        />
      )}
      <Paragraphs texts={after} />
      {output && (
        <div>
          <p className="text-muted">{t('commands.output')}</p>
          {/* Its columns are only readable in lines that are not broken. */}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
          <section aria-label={t('commands.outputOf', name)} tabIndex={0} className="overflow-x-auto">
            <pre className="w-max font-mono text-xs">{output.join('\n')}</pre>
          </section>
        </div>
      )}
    </li>
  );
}

const Paragraphs = ({ texts }: { readonly texts: readonly string[] }) =>
  texts.map((text) => (
    <p key={text} className="break-words">
      {text}
    </p>
  ));

/** Copies the commands of this step as the current plan has them. */
function copyStep(shown: StepGroup, { title }: Step, method: Method): void {
  void withCurrent(({ bundle }) => {
    const machine = groupsOf(bundle).find(({ folder }) => folder === shown.folder);
    const step = machine && stepsBy(method, machine).find((one) => one.title === title);
    return step ? copyText(`${linesOf(step).join('\n')}\n`, t('commands.copied')) : announce(t('result.notTaken'));
  });
}
