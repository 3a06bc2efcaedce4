import { encodeBytes } from '../../bytes/bytes.ts';
import { decodeBytes } from '../../bytes/decode.ts';
import { expressionOf } from './expression.ts';
import { holds, type Node, type Regex, readRegex } from './regex.ts';

/** Some names that a regular expression matches; empty if it can't be evaluated or no example is found. */
export function examplesOf(source: string): string[] {
  const expression = expressionOf(source);
  const regex = readRegex(encodeBytes(source));
  if (!expression || !regex || 'problem' in regex) return [];
  const examples = new Set<string>();
  for (const filler of ['', 'x', '1', 'other_']) {
    for (const branch of [0, 1]) {
      const bytes = example(regex.node, { branch, optional: filler !== '', ignoreCase: regex.ignoreCase });
      const text = decodeBytes(Uint8Array.from(bytes));
      for (const name of [text, `${filler}${text}`, `${text}${filler}`, `${filler}${text}${filler}`])
        if (name !== '' && name.length < 64 && expression.test(name)) examples.add(name);
    }
  }
  return [...examples];
}

interface Choices extends Pick<Regex, 'ignoreCase'> {
  /** Which alternative of `a|b` to use. */
  readonly branch: number;
  /** Whether to include what `*`, `?` and `{0,…}` make optional. */
  readonly optional: boolean;
}

/** Bytes that a node matches, apart from anchors and lookaround. */
function example(node: Node, choices: Choices): number[] {
  switch (node.kind) {
    case 'set': {
      const byte = [...PREFERRED, ...node.set.ranges.map(([from]) => from)].find(
        (candidate) => candidate < 0x100 && holds(node.set, candidate, choices.ignoreCase),
      );
      return byte === undefined ? [] : [byte];
    }
    case 'sequence':
      return node.nodes.flatMap((one) => example(one, choices));
    case 'choice': {
      const chosen = node.nodes[Math.min(choices.branch, node.nodes.length - 1)];
      return chosen ? example(chosen, choices) : [];
    }
    case 'repeat': {
      const times = Math.min(Math.max(node.least, choices.optional ? 1 : 0), node.most, 63);
      const once = example(node.node, choices);
      return Array.from({ length: times }, () => once).flat();
    }
    default:
      return [];
  }
}

const PREFERRED = encodeBytes('x1a_A-z09b $.@');
