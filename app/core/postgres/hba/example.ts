import { expressionOf } from './expression.ts';

/**
 * Some names that a regular expression matches, found by reading it; none where this reading does not understand it.
 * Each is tried against the expression before it is given.
 */
export function examplesOf(source: string): string[] {
  const expression = expressionOf(source);
  if (!expression) return [];
  const body = source.replace(/^(?:\*\*\*[:=])?(?:\(\?[a-z]+\))?/, '');
  const found = new Set<string>();
  for (const filler of ['', 'x', '1', 'other_']) {
    for (const branch of [0, 1]) {
      const text = new Reader(body, filler, branch).all();
      for (const name of [text, `${filler}${text}`, `${text}${filler}`, `${filler}${text}${filler}`])
        if (name !== '' && name.length < 64 && expression.test(name)) found.add(name);
    }
  }
  return [...found];
}

/** Reads an expression once from left to right and writes one text that it may match. */
class Reader {
  #at = 0;
  readonly #source: string;
  readonly #filler: string;
  readonly #branch: number;

  constructor(source: string, filler: string, branch: number) {
    this.#source = source;
    this.#filler = filler;
    this.#branch = branch;
  }

  all(): string {
    const branches = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at++;
      branches.push(this.#sequence());
    }
    return branches[Math.min(this.#branch, branches.length - 1)] ?? '';
  }

  #sequence(): string {
    let text = '';
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at] ?? '')) text += this.#quantified();
    return text;
  }

  #quantified(): string {
    const atom = this.#atom();
    const bound = /^(?:\{([0-9]+)(?:,[0-9]*)?\}|[*+?])\??/.exec(this.#source.slice(this.#at, this.#at + 16));
    if (!bound) return atom;
    this.#at += bound[0].length;
    if (bound[1] !== undefined) return atom.repeat(Math.min(Number(bound[1]), 63));
    return bound[0].startsWith('+') || this.#filler !== '' ? atom : '';
  }

  #atom(): string {
    const character = this.#source[this.#at++] ?? '';
    if (character === '(') {
      const kind = /^\?(?::|<?[=!])/.exec(this.#source.slice(this.#at, this.#at + 3))?.[0] ?? '';
      this.#at += kind.length;
      const text = this.all();
      this.#at++;
      return kind === '' || kind === '?:' ? text : '';
    }
    if (character === '[') return this.#oneOf();
    if (character === '.') return 'x';
    if (character === '^' || character === '$') return '';
    if (character !== '\\') return character;
    const escaped = this.#source[this.#at++] ?? '';
    const classes: Readonly<Record<string, string>> = { d: '1', w: 'x', s: ' ', D: 'x', W: '-', S: 'x' };
    return classes[escaped] ?? ('mMyYAZ'.includes(escaped) ? '' : escaped);
  }

  /** A character of a bracket expression. */
  #oneOf(): string {
    const start = this.#at;
    if (this.#source[this.#at] === '^') this.#at++;
    if (this.#source[this.#at] === ']') this.#at++;
    while (this.#at < this.#source.length && this.#source[this.#at] !== ']') {
      const named = /^\[[.:=].*?[.:=]\]/.exec(this.#source.slice(this.#at, this.#at + 20));
      this.#at += named ? named[0].length : 1;
    }
    this.#at++;
    const expression = expressionOf(`^[${this.#source.slice(start, this.#at)}$`);
    return [...'x1a_A-z09b $.@'].find((character) => expression?.test(character)) ?? '';
  }
}
