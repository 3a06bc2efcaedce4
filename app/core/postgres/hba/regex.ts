/**
 * PostgreSQL's advanced regular expressions (manual 9.7.3), parsed in the order of `regc_lex.c` and `regcomp.c`, so
 * that the first error is the one that the server reports. Characters are bytes: clients log in before the server knows
 * the encoding of a database. `pg_hba_file_rules` reads them as code points of a UTF-8 database.
 */

/** A range of characters by number, inclusive. */
export type Range = readonly [from: number, to: number];

export interface CharacterSet {
  readonly ranges: readonly Range[];
  /** Sets whose characters are excluded, such as `\D` between brackets. */
  readonly without: readonly CharacterSet[];
  readonly negated: boolean;
}

export type Node =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence' | 'choice'; readonly nodes: readonly Node[] }
  /** `most` is infinite for `*`. */
  | { readonly kind: 'repeat'; readonly node: Node; readonly least: number; readonly most: number }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'look'; readonly node: Node; readonly behind: boolean; readonly negated: boolean }
  | { readonly kind: 'back-reference' };

/** Where an anchor can match: at an end of the text or of a line, or at the edge of a word. */
export type Place =
  | 'start'
  | 'end'
  | 'line-start'
  | 'line-end'
  | 'word-start'
  | 'word-end'
  | 'word-edge'
  | 'no-word-edge';

export interface Regex {
  readonly node: Node;
  readonly ignoreCase: boolean;
}

/** The expression, or the server's error message; undefined for one nested too deeply to be parsed here. */
export function readRegex(source: ArrayLike<number>): Regex | { readonly problem: string } | undefined {
  try {
    return new Reader(source).read();
  } catch (error) {
    if (error instanceof Problem) return { problem: error.message };
    if (error instanceof TooDeep) return undefined;
    throw error;
  }
}

class Problem extends Error {}
class TooDeep extends Error {}

const problems = {
  pattern: 'invalid regexp (reg version 0.8)',
  element: 'invalid collating element',
  class: 'invalid character class',
  escape: 'invalid escape \\ sequence',
  reference: 'invalid backreference number',
  brackets: 'brackets [] not balanced',
  parentheses: 'parentheses () not balanced',
  braces: 'braces {} not balanced',
  count: 'invalid repetition count(s)',
  range: 'invalid character range',
  operand: 'quantifier operand invalid',
  option: 'invalid embedded option',
} as const;

const fail = (problem: keyof typeof problems): never => {
  throw new Problem(problems[problem]);
};

/** Nested groups; the server's own limit is that of its stack. */
const DEEPEST = 500;
const HIGHEST_COUNT = 255;
const LAST_CHARACTER = 0x7ffffffe;

const classes: Readonly<Record<string, readonly Range[]>> = {
  alnum: [
    [48, 57],
    [65, 90],
    [97, 122],
  ],
  alpha: [
    [65, 90],
    [97, 122],
  ],
  ascii: [[0, 127]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  digit: [[48, 57]],
  graph: [[33, 126]],
  lower: [[97, 122]],
  print: [[32, 126]],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[65, 90]],
  word: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
  xdigit: [
    [48, 57],
    [65, 70],
    [97, 102],
  ],
}; // prettier-ignore

/** Names of characters from U+0000 on as POSIX spells them; some have several names. */
const elements = new Map(
  (
    'NUL SOH STX ETX EOT ENQ ACK BEL,alert BS,backspace HT,tab LF,newline VT,vertical-tab FF,form-feed CR,carriage-return SO SI ' +
    'DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC IS4,FS IS3,GS IS2,RS IS1,US space exclamation-mark quotation-mark ' +
    'number-sign dollar-sign percent-sign ampersand apostrophe left-parenthesis right-parenthesis asterisk plus-sign comma ' +
    'hyphen,hyphen-minus period,full-stop slash,solidus zero one two three four five six seven eight nine colon semicolon ' +
    'less-than-sign equals-sign greater-than-sign question-mark commercial-at'
  )
    .split(' ')
    .flatMap((names, code) => names.split(',').map((name) => [name, code] as const)),
);
for (const [name, code] of [
  ['left-square-bracket', 91],
  ['backslash', 92],
  ['reverse-solidus', 92],
  ['right-square-bracket', 93],
  ['circumflex', 94],
  ['circumflex-accent', 94],
  ['underscore', 95],
  ['low-line', 95],
  ['grave-accent', 96],
  ['left-brace', 123],
  ['left-curly-bracket', 123],
  ['vertical-line', 124],
  ['right-brace', 125],
  ['right-curly-bracket', 125],
  ['tilde', 126],
  ['DEL', 127],
] as const)
  elements.set(name, code);

type Type =
  | 'start'
  | 'eos'
  | 'plain'
  | 'digit'
  | 'reference'
  | 'element'
  | 'equivalence'
  | 'class'
  | 'end'
  | 'class-escape'
  | 'no-class-escape'
  | 'range'
  | 'look'
  | 'text-start'
  | 'text-end'
  | 'word-edge'
  | 'no-word-edge'
  | '|'
  | '*'
  | '+'
  | '?'
  | '{'
  | '}'
  | ','
  | '('
  | ')'
  | '['
  | ']'
  | '<'
  | '>'
  | '.'
  | '^'
  | '$';

type Context =
  | 'extended'
  | 'basic'
  | 'literal'
  | 'bound'
  | 'basic-bound'
  | 'brackets'
  | 'element'
  | 'equivalence'
  | 'class';

interface Token {
  readonly type: Type;
  readonly value: number;
  /** The class of `\d` and similar escapes. */
  readonly name: string;
}

const token = (type: Type, value = 0, name = ''): Token => ({ type, value, name });

const code = (character: string): number => character.charCodeAt(0);
export const NEWLINE = 10;
const isDigit = (one: number | undefined) => one !== undefined && one >= 48 && one <= 57;
const isLetter = (one: number | undefined) =>
  one !== undefined && ((one >= 65 && one <= 90) || (one >= 97 && one <= 122));
const inRanges = (ranges: readonly Range[], one: number) => ranges.some(([from, to]) => one >= from && one <= to);
const everything: CharacterSet = { ranges: [], without: [], negated: true };
const set = (ranges: readonly Range[], negated = false): Node => ({
  kind: 'set',
  set: { ranges, without: [], negated },
});

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  B: '\\',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const placeEscapes: Readonly<Record<string, Type>> = {
  A: 'text-start',
  m: '<',
  M: '>',
  y: 'word-edge',
  Y: 'no-word-edge',
  Z: 'text-end',
};
const classEscapes: Readonly<Record<string, string>> = { d: 'digit', s: 'space', w: 'word' };

class Reader {
  readonly #text: readonly number[];
  #at = 0;
  #context: Context = 'extended';
  #type: Type = 'start';
  #last: Type = 'start';
  #value = 0;
  /** The class of `\d` and similar escapes. */
  #class = '';
  #advanced = true;
  #extended = true;
  #expanded = false;
  #quote = false;
  #ignoreCase = false;
  /** `.` and `[^a]` do not match a line break. */
  #lineStops = false;
  /** `^` and `$` match at a line break. */
  #lineAnchors = false;
  #groups = 0;
  readonly #closed = new Set<number>();
  #depth = 0;

  constructor(source: ArrayLike<number>) {
    this.#text = Array.from(source);
  }

  read(): Regex {
    this.#prefixes();
    this.#context = this.#quote ? 'literal' : this.#extended ? 'extended' : 'basic';
    this.#next();
    const node = this.#choice('eos', false);
    return { node, ignoreCase: this.#ignoreCase };
  }

  #sees(text: string, at = this.#at): boolean {
    for (let index = 0; index < text.length; index++)
      if (this.#text[at + index] !== text.charCodeAt(index)) return false;
    return true;
  }

  get #ended(): boolean {
    return this.#at >= this.#text.length;
  }

  #prefixes(): void {
    if (this.#sees('***') && this.#text.length > 3) {
      if (this.#sees('***?')) fail('pattern');
      if (this.#sees('***=')) {
        this.#quote = true;
        this.#advanced = false;
        this.#at = 4;
        return;
      }
      if (!this.#sees('***:')) fail('operand');
      this.#at = 4;
    }
    if (!this.#sees('(?') || !isLetter(this.#text[this.#at + 2])) return;
    for (this.#at += 2; isLetter(this.#text[this.#at]); this.#at++)
      this.#option(String.fromCharCode(this.#text[this.#at] ?? 0));
    if (!this.#sees(')')) fail('option');
    this.#at++;
    if (this.#quote) {
      this.#expanded = false;
      this.#lineStops = false;
      this.#lineAnchors = false;
    }
  }

  #option(letter: string): void {
    switch (letter) {
      case 'b':
        [this.#advanced, this.#extended, this.#quote] = [false, false, false];
        return;
      case 'c':
        this.#ignoreCase = false;
        return;
      case 'e':
        [this.#advanced, this.#extended, this.#quote] = [false, true, false];
        return;
      case 'i':
        this.#ignoreCase = true;
        return;
      case 'm':
      case 'n':
        [this.#lineStops, this.#lineAnchors] = [true, true];
        return;
      case 'p':
        [this.#lineStops, this.#lineAnchors] = [true, false];
        return;
      case 'q':
        [this.#quote, this.#advanced, this.#extended] = [true, false, false];
        return;
      case 's':
        [this.#lineStops, this.#lineAnchors] = [false, false];
        return;
      case 't':
        this.#expanded = false;
        return;
      case 'w':
        [this.#lineStops, this.#lineAnchors] = [false, true];
        return;
      case 'x':
        this.#expanded = true;
        return;
      default:
        fail('option');
    }
  }

  /** Blanks and comments of the expanded syntax. */
  #skip(): void {
    for (;;) {
      while (inRanges(classes.space ?? [], this.#text[this.#at] ?? -1)) this.#at++;
      if (!this.#sees('#')) return;
      while (!this.#ended && this.#text[this.#at] !== NEWLINE) this.#at++;
    }
  }

  #next(): void {
    this.#last = this.#type;
    const { type, value, name } = this.#lex();
    [this.#type, this.#value, this.#class] = [type, value, name];
  }

  #lex(): Token {
    const context = this.#context;
    if (
      this.#expanded &&
      (context === 'extended' || context === 'basic' || context === 'bound' || context === 'basic-bound')
    )
      this.#skip();
    const one = this.#text[this.#at];
    if (one === undefined) {
      if (context === 'bound' || context === 'basic-bound') fail('braces');
      if (context !== 'extended' && context !== 'basic' && context !== 'literal') fail('brackets');
      return token('eos');
    }
    this.#at++;
    const character = String.fromCodePoint(Math.min(one, 0x10ffff));
    switch (context) {
      case 'literal':
        return token('plain', one);
      case 'bound':
      case 'basic-bound':
        return this.#bound(one, character);
      case 'brackets':
        return this.#bracketToken(one, character);
      case 'element':
      case 'equivalence':
      case 'class': {
        const mark = { element: '.', equivalence: '=', class: ':' }[context];
        if (character !== mark || !this.#sees(']')) return token('plain', one);
        this.#at++;
        this.#context = 'brackets';
        return token('end');
      }
      case 'basic':
        return this.#basicToken(one, character);
      default:
        return this.#extendedToken(one, character);
    }
  }

  #bound(one: number, character: string): Token {
    if (isDigit(one)) return token('digit', one - 48);
    if (character === ',') return token(',');
    if (this.#context === 'bound' && character === '}') {
      this.#context = 'extended';
      if (this.#advanced && this.#sees('?')) this.#at++;
      return token('}');
    }
    if (this.#context === 'basic-bound' && character === '\\' && this.#sees('}')) {
      this.#at++;
      this.#context = 'basic';
      return token('}');
    }
    return fail('count');
  }

  #bracketToken(one: number, character: string): Token {
    switch (character) {
      case '\\':
        if (!this.#advanced) return token('plain', one);
        if (this.#ended) fail('escape');
        return this.#escapeInBrackets();
      case '-':
        return token(this.#last === '[' || this.#sees(']') ? 'plain' : 'range', one);
      case ']':
        if (this.#last === '[') return token('plain', one);
        this.#context = this.#extended ? 'extended' : 'basic';
        return token(']');
      case '[': {
        if (this.#ended) fail('brackets');
        const context = ({ '.': 'element', '=': 'equivalence', ':': 'class' } as const)[
          String.fromCharCode(this.#text[this.#at] ?? 0)
        ];
        if (!context) return token('plain', one);
        this.#at++;
        this.#context = context;
        return token(context);
      }
      default:
        return token('plain', one);
    }
  }

  #escapeInBrackets(): Token {
    const escaped = this.#escape();
    const taken = escaped.type === 'plain' || escaped.type === 'class-escape' || escaped.type === 'no-class-escape';
    return taken ? escaped : fail('escape');
  }

  /** `[[:<:]]` and `[[:>:]]`, or the start of a set. */
  #openBracket(): Token {
    for (const edge of ['<', '>'] as const)
      if (this.#sees(`[:${edge}:]]`)) {
        this.#at += 6;
        return token(edge);
      }
    this.#context = 'brackets';
    const negated = this.#sees('^');
    if (negated) this.#at++;
    return token('[', negated ? 0 : 1);
  }

  #extendedToken(one: number, character: string): Token {
    switch (character) {
      case '|':
      case ')':
      case '.':
      case '^':
      case '$':
        return token(character, one);
      case '*':
      case '+':
      case '?':
        if (this.#advanced && this.#sees('?')) this.#at++;
        return token(character);
      case '{':
        if (this.#expanded) this.#skip();
        if (!isDigit(this.#text[this.#at])) return token('plain', one);
        this.#context = 'bound';
        return token('{');
      case '(':
        if (this.#advanced && this.#sees('?')) return this.#special();
        return token('(', 1);
      case '[':
        return this.#openBracket();
      case '\\':
        if (this.#ended) fail('escape');
        if (this.#advanced) return this.#escape();
        return token('plain', this.#text[this.#at++]);
      default:
        return token('plain', one);
    }
  }

  /** What follows `(?`. A lookaround is 0 or 1 ahead, 2 or 3 behind; odd ones are negated. */
  #special(): Token {
    this.#at++;
    const character = String.fromCharCode(this.#text[this.#at++] ?? 0);
    if (character === ':') return token('(', 0);
    if (character === '=') return token('look', 0);
    if (character === '!') return token('look', 1);
    if (character === '#') {
      while (!this.#ended && !this.#sees(')')) this.#at++;
      if (!this.#ended) this.#at++;
      return this.#lex();
    }
    const behind = character === '<' ? String.fromCharCode(this.#text[this.#at++] ?? 0) : '';
    if (behind === '=') return token('look', 2);
    if (behind === '!') return token('look', 3);
    return fail('operand');
  }

  #basicToken(one: number, character: string): Token {
    switch (character) {
      case '*':
        return token(this.#last === 'start' || this.#last === '(' || this.#last === '^' ? 'plain' : '*', one);
      case '[':
        return this.#openBracket();
      case '.':
        return token('.');
      case '^':
        return token(this.#last === 'start' || this.#last === '(' ? '^' : 'plain', one);
      case '$':
        if (this.#expanded) this.#skip();
        return token(this.#ended || this.#sees('\\)') ? '$' : 'plain', one);
      case '\\':
        break;
      default:
        return token('plain', one);
    }
    if (this.#ended) fail('escape');
    const escaped = this.#text[this.#at++] ?? 0;
    const letter = String.fromCodePoint(escaped);
    if (letter === '{') {
      this.#context = 'basic-bound';
      return token('{');
    }
    if (letter === '(' || letter === ')' || letter === '<' || letter === '>') return token(letter, 1);
    if (isDigit(escaped) && letter !== '0') return token('reference', escaped - 48);
    return token('plain', escaped);
  }

  #escape(): Token {
    const one = this.#text[this.#at++] ?? 0;
    if (!isDigit(one) && !isLetter(one)) return token('plain', one);
    const letter = String.fromCharCode(one);
    const plain = escapes[letter];
    if (plain !== undefined) return token('plain', code(plain));
    const place = placeEscapes[letter];
    if (place !== undefined) return token(place);
    const name = classEscapes[letter.toLowerCase()];
    if (name !== undefined) {
      return token(letter === letter.toLowerCase() ? 'class-escape' : 'no-class-escape', 0, name);
    }
    if (letter === 'c') {
      if (this.#ended) fail('escape');
      return token('plain', (this.#text[this.#at++] ?? 0) & 0o37);
    }
    if (letter === 'u') return token('plain', this.#code(16, 4, 4));
    if (letter === 'U') return token('plain', this.#code(16, 8, 8));
    if (letter === 'x') return token('plain', this.#code(16, 1, 255));
    if (!isDigit(one)) fail('escape');
    if (letter !== '0') {
      const save = this.#at;
      this.#at--;
      const reference = this.#digits(10, 1, 255);
      if (this.#at === save || (reference > 0 && reference <= this.#groups)) return token('reference', reference);
      this.#at = save;
    }
    this.#at--;
    const octal = this.#digits(8, 1, 3);
    if (octal <= 0xff) return token('plain', octal);
    this.#at--;
    return token('plain', octal >> 3);
  }

  #code(base: number, least: number, most: number): number {
    const value = this.#digits(base, least, most);
    return value > LAST_CHARACTER ? fail('escape') : value;
  }

  #digits(base: number, least: number, most: number): number {
    let value = 0;
    let length = 0;
    for (; length < most; length++) {
      const digit = Number.parseInt(String.fromCharCode(this.#text[this.#at] ?? 0), 16);
      if (!(digit < base)) break;
      value = (Math.imul(value, base) + digit) >>> 0;
      this.#at++;
    }
    return length < least ? fail('escape') : value;
  }

  #is(type: Type): boolean {
    return this.#type === type;
  }

  #eat(type: Type): boolean {
    if (!this.#is(type)) return false;
    this.#next();
    return true;
  }

  #choice(stopper: Type, looking: boolean): Node {
    if (++this.#depth > DEEPEST) throw new TooDeep();
    const nodes: Node[] = [];
    do {
      const parts: Node[] = [];
      while (this.#type !== '|' && this.#type !== stopper && this.#type !== 'eos') parts.push(this.#piece(looking));
      nodes.push(parts.length === 1 && parts[0] ? parts[0] : { kind: 'sequence', nodes: parts });
    } while (this.#eat('|'));
    if (this.#type !== stopper) fail('parentheses');
    this.#depth--;
    return nodes.length === 1 && nodes[0] ? nodes[0] : { kind: 'choice', nodes };
  }

  #piece(looking: boolean): Node {
    const place = this.#place();
    if (place) {
      this.#next();
      return { kind: 'place', place };
    }
    if (this.#type === 'look') {
      const look = this.#value;
      this.#next();
      const node = this.#choice(')', true);
      this.#next();
      return { kind: 'look', node, behind: look >= 2, negated: look % 2 === 1 };
    }
    return this.#repeated(this.#atom(looking));
  }

  #place(): Place | undefined {
    switch (this.#type) {
      case '^':
        return this.#lineAnchors ? 'line-start' : 'start';
      case '$':
        return this.#lineAnchors ? 'line-end' : 'end';
      case 'text-start':
        return 'start';
      case 'text-end':
        return 'end';
      case '<':
        return 'word-start';
      case '>':
        return 'word-end';
      case 'word-edge':
      case 'no-word-edge':
        return this.#type;
      default:
        return undefined;
    }
  }

  #atom(looking: boolean): Node {
    switch (this.#type) {
      case '*':
      case '+':
      case '?':
      case '{':
        return fail('operand');
      case ')': {
        // POSIX allows a lone one in its extended expressions.
        if (this.#advanced || !this.#extended) fail('parentheses');
        const node = set([[code(')'), code(')')]]);
        this.#next();
        return node;
      }
      case 'plain': {
        const node = set([[this.#value, this.#value]]);
        this.#next();
        return node;
      }
      case 'class-escape': {
        const node = set(classes[this.#class] ?? []);
        this.#next();
        return node;
      }
      case 'no-class-escape': {
        const node: Node = { kind: 'set', set: this.#complement() };
        this.#next();
        return node;
      }
      case '.': {
        this.#next();
        return this.#lineStops ? set([[NEWLINE, NEWLINE]], true) : { kind: 'set', set: everything };
      }
      case '[':
        return this.#brackets();
      case '(': {
        const group = this.#value === 1 && !looking ? ++this.#groups : 0;
        this.#next();
        const node = this.#choice(')', looking);
        // As in the server, which registers a group after reading what follows it.
        this.#next();
        if (group > 0) this.#closed.add(group);
        return node;
      }
      default:
        // A backreference is the only remaining possibility.
        if (looking || !this.#closed.has(this.#value)) fail('reference');
        this.#next();
        return { kind: 'back-reference' };
    }
  }

  /** Since 14, `\D` and `\W` match a line break in every mode (manual 9.7.3.5). */
  #complement(): CharacterSet {
    return { ranges: classes[this.#class] ?? [], without: [], negated: true };
  }

  #brackets(): Node {
    const negated = this.#value === 0;
    const ranges: Range[] = [];
    const without: CharacterSet[] = [];
    this.#next();
    while (this.#type !== ']') this.#bracketPart(ranges, without);
    if (negated && this.#lineStops) ranges.push([NEWLINE, NEWLINE]);
    this.#next();
    return { kind: 'set', set: { ranges, without, negated } };
  }

  #bracketPart(ranges: Range[], without: CharacterSet[]): void {
    let from = 0;
    switch (this.#type) {
      case 'range':
        fail('range');
        return;
      case 'plain':
        from = this.#value;
        this.#next();
        break;
      case 'element':
        from = element(this.#enclosed());
        break;
      case 'equivalence': {
        const one = element(this.#enclosed());
        ranges.push([one, one]);
        return;
      }
      case 'class':
        ranges.push(...(classes[String.fromCodePoint(...this.#enclosed())] ?? fail('class')));
        return;
      case 'class-escape':
        ranges.push(...(classes[this.#class] ?? []));
        this.#next();
        return;
      default:
        without.push(this.#complement());
        this.#next();
        return;
    }
    let to = from;
    if (this.#eat('range')) {
      if (this.#is('element')) to = element(this.#enclosed());
      else if (this.#is('plain') || this.#is('range')) {
        to = this.#value;
        this.#next();
      } else fail('range');
    }
    if (to < from) fail('range');
    ranges.push([from, to]);
  }

  /** The text between `[.` and `.]`. An empty one is read with its own end, as is the name of nothing. */
  #enclosed(): readonly number[] {
    const start = this.#at;
    this.#next();
    let end = this.#at;
    while (this.#type === 'plain') {
      end = this.#at;
      this.#next();
    }
    this.#next();
    return this.#text.slice(start, end);
  }

  #repeated(node: Node): Node {
    let [least, most] = [1, 1];
    switch (this.#type) {
      case '*':
        [least, most] = [0, Number.POSITIVE_INFINITY];
        break;
      case '+':
        [least, most] = [1, Number.POSITIVE_INFINITY];
        break;
      case '?':
        [least, most] = [0, 1];
        break;
      case '{': {
        this.#next();
        least = this.#count();
        most = least;
        if (this.#eat(',')) most = this.#is('digit') ? this.#count() : Number.POSITIVE_INFINITY;
        if (least > most || !this.#is('}')) fail('count');
        break;
      }
      default:
        return node;
    }
    this.#next();
    return { kind: 'repeat', node, least, most };
  }

  #count(): number {
    let value = 0;
    while (this.#type === 'digit' && value < HIGHEST_COUNT) {
      value = value * 10 + this.#value;
      this.#next();
    }
    return this.#type === 'digit' || value > HIGHEST_COUNT ? fail('count') : value;
  }
}

function element(text: readonly number[]): number {
  const [only] = text;
  if (text.length === 1 && only !== undefined) return only;
  const name = text.length < 30 ? String.fromCodePoint(...text) : '';
  return elements.get(name) ?? fail('element');
}

/** Whether a set contains a character. */
export function holds({ ranges, without, negated }: CharacterSet, one: number, ignoreCase: boolean): boolean {
  const other = !ignoreCase || !isLetter(one) ? one : one ^ 0x20;
  const within = inRanges(ranges, one) || inRanges(ranges, other) || without.some((set) => holds(set, one, ignoreCase));
  return within !== negated;
}

/**
 * Why the server rejects an expression; undefined if it accepts it, or if it is nested too deeply to be parsed here.
 */
export function regexProblem(source: ArrayLike<number>): string | undefined {
  const read = readRegex(source);
  return read && 'problem' in read ? read.problem : undefined;
}

/** Whether a character is part of a word, for word boundaries. */
export const isWord = (one: number | undefined): boolean => one !== undefined && inRanges(classes.word ?? [], one);
