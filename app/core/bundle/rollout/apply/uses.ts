import { type Sh, sh, shWord } from '../../../quote/sh.ts';
import { join } from '../../../quote/template.ts';
import type { FileOutline } from '../../file.ts';
import { beside, type Host } from './host.ts';

/** The commands for the programs that read the plain files of a machine, in order. */
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
        sh`attempt_within 120 back_${index}`,
        sh`[ "$outcome" -eq 0 ] || incomplete 'A program did not accept its earlier files: see above.'`,
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

function commands(host: Host, draft: FileOutline): Commands {
  const { target, window, reader } = draft;
  if (target === undefined) {
    const script = sh`"$here"/${shWord(beside(host, draft))}`;
    return {
      check: [sh`bash -n ${script}`, ...(window?.check ?? [])],
      use: [sh`bash ${script}`],
      back: window?.back ?? [],
    };
  }
  const use = reader?.use?.(target) ?? [];
  return { check: reader?.check?.(target) ?? [], use, back: reader?.back?.(target) ?? use };
}

function leaving({ target, reader }: FileOutline): Sh[] {
  const all = target === undefined ? undefined : reader?.leave?.(target);
  return target === undefined || all === undefined ? [] : [sh`  ${shWord(target)}) ${join(all, '; ')} ;;`];
}

/** The iptables chains that a rollback restores, as a pattern: our own, and those of a program that our scripts run. */
export const chainsOf = (host: Host): string =>
  ['POSTERN', ...host.plain.flatMap(({ window }) => window?.chains ?? [])].join('|');

/** The services that a step may enable or start. */
export const unitsOf = (host: Host): string[] => [
  ...new Set(
    host.plain.flatMap(({ target, window, reader }) => [
      ...(target === undefined ? [] : (reader?.units?.(target) ?? [])),
      ...(window?.units ?? []),
    ]),
  ),
];

/** Several files of one program notify it once. */
const distinct = (all: readonly (readonly Sh[])[]): (readonly Sh[])[] =>
  all.filter(
    (one, index) => one.length > 0 && all.findIndex((other) => join(other, '\n') === join(one, '\n')) === index,
  );

/** A shell function; one without commands does nothing. */
export const functionOf = (name: Sh, body: readonly Sh[]): Sh[] => [
  sh`${name}() {`,
  ...(body.length > 0 ? body : [sh`:`]).map((line) => sh`  ${line}`),
  sh`}`,
];
