import { encodeBytes } from '../../bytes/bytes.ts';
import { holds, isWord, NEWLINE, type Node, type Place, type Regex, readRegex } from './regex.ts';

/** From version 16 on, a token with a leading slash is a regular expression, in quotes too. */
export const isExpression = (text: string, major: number): boolean => major >= 16 && text.startsWith('/');

/**
 * The only text that a regular expression matches, if it has no operator but an anchor at each end, as in `^a\.b$`;
 * undefined for any other.
 */
export function onlyMatch(source: string): string | undefined {
  const [, inner] = /^\^((?:[^\\.^$*+?()[\]{}|]|\\[^A-Za-z0-9])*)\$$/.exec(source) ?? [];
  return inner?.replace(/\\(.)/gsu, '$1');
}

/** Whether a text matches a regular expression. */
export interface Expression {
  readonly test: (text: string) => boolean;
}

/**
 * Maximum number of states of one expression's automaton; the server has its own limit ("regular expression is too
 * complex").
 */
const MOST_STEPS = 50_000;

/**
 * A PostgreSQL regular expression as used for logins: in the C collation, byte by byte, so that `.` matches half of
 * `é`. Matching time is proportional to the lengths of expression and text, for any expression. undefined for one that
 * is invalid, contains a backreference, or is too large.
 */
export function expressionOf(source: string): Expression | undefined {
  const regex = readRegex(encodeBytes(source));
  if (!regex || 'problem' in regex) return undefined;
  const machine = new Machine(regex);
  if (!machine.fits) return undefined;
  const { start, end } = literalEnds(regex);
  // The prefix and suffix of every matching text, where the expression states them plainly; empty otherwise.
  return { test: (text) => text.startsWith(start) && text.endsWith(end) && machine.within(encodeBytes(text)) };
}

/** What every text that matches begins and ends with, as far as the expression says so plainly; empty where it does not. */
function literalEnds({ node, ignoreCase }: Regex): { readonly start: string; readonly end: string } {
  if (ignoreCase || node.kind !== 'sequence') return { start: '', end: '' };
  const after = (place: Place, nodes: readonly Node[]): string[] => {
    if (nodes[0]?.kind !== 'place' || nodes[0].place !== place) return [];
    const rest = nodes.slice(1).map(onlyCharacter);
    const others = rest.indexOf(undefined);
    return rest.slice(0, others < 0 ? rest.length : others).map((one = 0) => String.fromCodePoint(one));
  };
  return {
    start: after('start', node.nodes).join(''),
    end: after('end', node.nodes.toReversed()).toReversed().join(''),
  };
}

/** The single ASCII character that a node matches. */
function onlyCharacter(node: Node): number | undefined {
  if (node.kind !== 'set' || node.set.negated || node.set.without.length > 0 || node.set.ranges.length !== 1)
    return undefined;
  const [[from, to] = [0, 1]] = node.set.ranges;
  return from === to && from < 0x80 ? from : undefined;
}

type Step =
  | { readonly kind: 'take'; readonly takes: (one: number) => boolean; readonly next: number }
  | { readonly kind: 'both'; readonly next: number; other: number }
  | { readonly kind: 'place'; readonly place: Place; readonly next: number }
  | {
      readonly kind: 'look';
      readonly from: number;
      readonly behind: boolean;
      readonly negated: boolean;
      readonly next: number;
    }
  | { readonly kind: 'done' };

/** Thompson's construction: all paths are followed at once, so no text causes backtracking. */
class Machine {
  readonly #steps: Step[] = [{ kind: 'done' }];
  readonly #start: number;
  readonly #ignoreCase: boolean;
  /** It can only match at the start of a text. */
  readonly #anchored: boolean;
  fits = true;

  constructor({ node, ignoreCase }: Regex) {
    this.#ignoreCase = ignoreCase;
    this.#start = this.#build(node, 0);
    const first = this.#steps[this.#start];
    this.#anchored = first?.kind === 'place' && first.place === 'start';
  }

  within(text: ArrayLike<number>): boolean {
    return this.#runs(text, this.#start, 0, undefined, this.#anchored);
  }

  #add(step: Step): number {
    if (this.#steps.length >= MOST_STEPS) {
      this.fits = false;
      return 0;
    }
    return this.#steps.push(step) - 1;
  }

  /**
   * The state with which a node begins and that continues at `next`. Built from the end, so that what follows is known.
   */
  #build(node: Node, next: number): number {
    if (!this.fits) return 0;
    switch (node.kind) {
      case 'set': {
        const takes = (one: number) => holds(node.set, one, this.#ignoreCase);
        return this.#add({ kind: 'take', takes, next });
      }
      case 'sequence':
        return node.nodes.reduceRight((after, one) => this.#build(one, after), next);
      case 'choice':
        return node.nodes
          .map((one) => this.#build(one, next))
          .reduceRight((other, first) => this.#add({ kind: 'both', next: first, other }));
      case 'repeat':
        return this.#repeat(node.node, node.least, node.most, next);
      case 'place':
        return this.#add({ kind: 'place', place: node.place, next });
      case 'look': {
        const from = this.#build(node.node, 0);
        return this.#add({ kind: 'look', from, behind: node.behind, negated: node.negated, next });
      }
      case 'back-reference':
        this.fits = false;
        return 0;
    }
  }

  #repeat(node: Node, least: number, most: number, next: number): number {
    let start = next;
    if (most === Number.POSITIVE_INFINITY) {
      const loop: Step = { kind: 'both', next, other: next };
      start = this.#add(loop);
      loop.other = this.#build(node, start);
    } else
      for (let times = least; times < most && this.fits; times++)
        start = this.#add({ kind: 'both', next, other: this.#build(node, start) });
    for (let times = 0; times < least && this.fits; times++) start = this.#build(node, start);
    return start;
  }

  /**
   * Whether a match begins at `from` or, if `to` is absent or after it, later. With `to`, it has to end there; with
   * `only`, it has to begin at `from`.
   */
  #runs(text: ArrayLike<number>, start: number, from: number, to: number | undefined, only = false): boolean {
    let now = new Set<number>();
    for (let at = from; ; at++) {
      if (at === from || !only) this.#follow(text, at, start, now);
      if (now.has(0) && (to === undefined || at === to)) return true;
      if (at >= (to ?? text.length) || (only && now.size === 0)) return false;
      const after = new Set<number>();
      for (const index of now) {
        const step = this.#steps[index];
        if (step?.kind === 'take' && step.takes(text[at] ?? -1)) this.#follow(text, at + 1, step.next, after);
      }
      now = after;
    }
  }

  /** Adds a state and all states that are reachable from it without consuming a character. */
  #follow(text: ArrayLike<number>, at: number, first: number, into: Set<number>): void {
    const waiting = [first];
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      if (into.has(index)) continue;
      into.add(index);
      const step = this.#steps[index];
      if (step?.kind === 'both') waiting.push(step.next, step.other);
      else if (step?.kind === 'place') {
        if (isAt(step.place, text, at)) waiting.push(step.next);
      } else if (step?.kind === 'look') {
        const found = step.behind
          ? this.#runs(text, step.from, 0, at)
          : this.#runs(text, step.from, at, undefined, true);
        if (found !== step.negated) waiting.push(step.next);
      }
    }
  }
}

function isAt(place: Place, text: ArrayLike<number>, at: number): boolean {
  const [before, after] = [text[at - 1], text[at]];
  switch (place) {
    case 'start':
      return at === 0;
    case 'end':
      return at === text.length;
    case 'line-start':
      return at === 0 || before === NEWLINE;
    case 'line-end':
      return at === text.length || after === NEWLINE;
    case 'word-start':
      return !isWord(before) && isWord(after);
    case 'word-end':
      return isWord(before) && !isWord(after);
    case 'word-edge':
      return isWord(before) !== isWord(after);
    case 'no-word-edge':
      return isWord(before) === isWord(after);
  }
}
