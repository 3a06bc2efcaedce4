import type { FileOutline } from '../../file.ts';
import type { Program } from '../../reader.ts';
import type { Host } from './host.ts';

interface Needed {
  readonly command: string;
  /** The package that contains the command. */
  readonly package: string;
}

/** The commands that the files of a machine need: those of the programs that read them, and those that its scripts call. */
export function programsOf(host: Host, family: 'debian' | 'rhel'): Needed[] {
  const all = needed(host.plain, family);
  return all.filter(({ command }, index) => all.findIndex((other) => other.command === command) === index);
}

/**
 * What to install for these files. Gateways and bastions get Debian's names, because their files are tested on Debian.
 */
export const packagesOf = (files: readonly FileOutline[], family: 'debian' | 'rhel'): string[] => [
  ...new Set(needed(files, family).map((program) => program.package)),
];

const needed = (files: readonly FileOutline[], family: 'debian' | 'rhel'): Needed[] =>
  files.flatMap(({ reader, window }) =>
    [...(reader?.programs ?? []), ...(window?.programs ?? [])].map((program: Program) =>
      typeof program === 'string'
        ? { command: program, package: program }
        : { command: program.command, package: program[family] },
    ),
  );
