import type { Message } from '../../../messages/message.ts';
import { type Markdown, markdown, mdFence, mdText } from '../../../quote/markdown.ts';
import type { PowerShell } from '../../../quote/powershell.ts';
import type { Sh } from '../../../quote/sh.ts';
import type { FileDraft } from '../../file.ts';

/** One step on a machine: what it does, what to know first, the commands, and the expected result. */
export interface Step {
  readonly title: string;
  readonly text?: readonly string[];
  /** Default `sh`. */
  readonly language?: 'sh' | 'powershell';
  readonly commands?: readonly (Sh | PowerShell)[];
  readonly after?: readonly string[];
  /** What the commands print, line by line, where that is known exactly. */
  readonly output?: readonly string[];
  /** The path of the file that the step installs or runs. */
  readonly file?: string;
  /** `apply.sh` does it, so the manual steps replace it. */
  readonly scripted?: true;
}

/** A guide at the top of the bundle. */
export const document = (path: string, title: Message, lines: readonly Markdown[]): FileDraft<'markdown'> => ({
  path,
  machine: 'your-machine',
  title,
  language: 'markdown',
  blocks: [{ lines }],
});

export const paragraph = (text: string): Markdown[] => [markdown``, mdText(text)];

export const section = (title: string, lines: readonly Markdown[]): Markdown[] => [
  markdown``,
  markdown`## ${mdText(title)}`,
  ...lines,
];

/** The text of steps by their number: most steps stay as they are from one version of a plan to the next. */
const texts = new WeakMap<Step, { readonly number: number; readonly text: readonly Markdown[] }>();

/** The steps of one machine, numbered from 1. */
export const numbered = (steps: readonly Step[]): Markdown[] =>
  steps.flatMap((step, index) => {
    const number = index + 1;
    const known = texts.get(step);
    const text = known?.number === number ? known.text : numberedStep(step, number);
    texts.set(step, { number, text });
    return text;
  });

const numberedStep = (step: Step, number: number): Markdown[] => [
  markdown``,
  markdown`### ${number}. ${mdText(step.title)}`,
  ...(step.text ?? []).flatMap(paragraph),
  ...(step.commands === undefined || step.commands.length === 0
    ? []
    : [markdown``, ...mdFence(step.language ?? 'sh', step.commands)]),
  ...(step.after ?? []).flatMap(paragraph),
  ...(step.output ? [markdown``, ...mdFence('text', step.output)] : []),
];
