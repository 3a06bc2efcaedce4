/** Commands of a README, with the heading of the machine that they are for. */
export interface Step {
  readonly section: string;
  readonly script: string;
}

/** The fenced commands of a README, in order, with the heading above each. */
export function steps(readme: string): Step[] {
  const found: Step[] = [];
  let section = '';
  let indent = '';
  let script: string[] | undefined;
  for (const line of readme.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3);
    const fence = /^( *)```(sh)?$/.exec(line);
    if (fence?.[2]) {
      indent = fence[1] ?? '';
      script = [];
    } else if (fence && script) {
      found.push({ section, script: script.join('\n') });
      script = undefined;
    } else script?.push(line.startsWith(indent) ? line.slice(indent.length) : line);
  }
  return found;
}

/** The parts of a step that run one by one: each part that prompts for a password is given a different one. */
export const partsOf = ({ script }: Step): readonly string[] =>
  script.includes('\\password') ? script.split('\n') : [script];
