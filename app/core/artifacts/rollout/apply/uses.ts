import { type Sh, sh, shWord } from '../../../quote/sh.ts';
import { join } from '../../../quote/template.ts';
import type { FileDraft } from '../../file.ts';
import { beside, type Host } from './host.ts';
import { readerOf } from './readers.ts';

/** What is asked of the programs that read the plain files of a machine, in the order of doing. */
export function uses(host: Host): Sh[] {
  const forward = host.plain.map((draft) => commands(host, draft).use);
  const back = host.plain.map((draft) => commands(host, draft).back);
  return [
    ...functionOf(
      sh`check_plain`,
      host.plain.flatMap((draft) => commands(host, draft).check),
    ),
    ...functionOf(sh`use_plain`, forward.flat()),
    sh`# The path of a file that is about to go.`,
    ...functionOf(sh`leave_plain`, [sh`case $1 in`, ...host.plain.flatMap(leaving), sh`  *) ;;`, sh`esac`]),
    ...distinct(back).flatMap((all, index) => functionOf(sh`back_${index}`, all)),
    ...functionOf(sh`undone_plain`, [
      ...distinct(back).flatMap((_, index) => [
        sh`attempt back_${index}`,
        sh`[ "$outcome" -eq 0 ] || tell 'A program did not take its old files back: see above.'`,
      ]),
      sh`:`,
    ]),
  ];
}

interface Commands {
  readonly check: readonly Sh[];
  readonly use: readonly Sh[];
  readonly back: readonly Sh[];
}

function commands(host: Host, draft: FileDraft): Commands {
  const { target, window } = draft;
  if (target === undefined) {
    const script = sh`"$here"/${shWord(beside(host, draft))}`;
    return { check: [sh`bash -n ${script}`], use: [sh`bash ${script}`], back: window?.back ?? [] };
  }
  const reader = readerOf(target);
  const use = reader?.use?.(target) ?? [];
  return { check: reader?.check?.(target) ?? [], use, back: use };
}

function leaving({ target }: FileDraft): Sh[] {
  const all = target === undefined ? undefined : readerOf(target)?.leave?.(target);
  return target === undefined || all === undefined ? [] : [sh`  ${shWord(target)}) ${join(all, '; ')} ;;`];
}

/** Several files of one program tell it once. */
const distinct = (all: readonly (readonly Sh[])[]): (readonly Sh[])[] =>
  all.filter(
    (one, index) => one.length > 0 && all.findIndex((other) => join(other, '\n') === join(one, '\n')) === index,
  );

/** A shell function; one with nothing to do does nothing. */
export const functionOf = (name: Sh, body: readonly Sh[]): Sh[] => [
  sh`${name}() {`,
  ...(body.length > 0 ? body : [sh`:`]).map((line) => sh`  ${line}`),
  sh`}`,
];
