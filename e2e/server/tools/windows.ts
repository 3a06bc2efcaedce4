/** A rule of the script, in the parameters of New-NetFirewallRule. */
export interface WindowsRule {
  readonly protocol: string;
  readonly port: number;
  /** Addresses and networks; null if the rule names none, which means any. */
  readonly local: readonly string[] | null;
  readonly remote: readonly string[] | null;
  readonly name: string;
}

/** The content of a script: its rules, and every other line that is not a comment, for a comparison. */
export interface WindowsScript {
  readonly rules: readonly WindowsRule[];
  readonly frame: readonly string[];
}

const RULE = '  $made += New-NetFirewallRule @shared ';

/**
 * Parses the script as PowerShell would, only in the forms that it uses. Anything outside ASCII is rejected, because
 * Windows PowerShell reads such bytes in the system's code page.
 */
export function readWindowsScript(content: string): WindowsScript {
  const strange = /[^\n -~]/.exec(content);
  if (strange) throw new Error(`not ASCII: ${JSON.stringify(strange[0])}`);
  const lines = content.split('\n').filter((line) => !/^\s*(#(?!Requires)|$)/.test(line));
  return {
    rules: lines.filter((line) => line.startsWith(RULE)).map((line) => rule(line.slice(RULE.length))),
    frame: lines.filter((line) => !line.startsWith(RULE)),
  };
}

function rule(text: string): WindowsRule {
  const answers = new Map<string, string[]>();
  let rest = text;
  while (rest !== '') {
    const named = /^-([A-Za-z]+) /.exec(rest);
    if (!named?.[1] || answers.has(named[1])) throw new Error(`no parameter here: ${rest}`);
    const { values, after } = list(rest.slice(named[0].length));
    answers.set(named[1], values);
    rest = after.trimStart();
  }
  const known = ['Protocol', 'LocalPort', 'LocalAddress', 'RemoteAddress', 'DisplayName'];
  const unknown = [...answers.keys()].filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`unknown parameters ${unknown.join(', ')}`);
  return {
    protocol: one(answers, 'Protocol'),
    port: Number(one(answers, 'LocalPort')),
    local: answers.get('LocalAddress') ?? null,
    remote: answers.get('RemoteAddress') ?? null,
    name: one(answers, 'DisplayName'),
  };
}

function one(answers: ReadonlyMap<string, string[]>, name: string): string {
  const [value, ...more] = answers.get(name) ?? [];
  if (value === undefined || more.length > 0) throw new Error(`${name} is not one value`);
  return value;
}

function list(text: string): { values: string[]; after: string } {
  const values: string[] = [];
  let rest = text;
  for (;;) {
    const { value, after } = argument(rest);
    values.push(value);
    if (!after.startsWith(', ')) return { values, after };
    rest = after.slice(2);
  }
}

/** A bare word, a verbatim string, or a sum of strings and characters in parentheses (about_Quoting_Rules, about_Parsing). */
function argument(text: string): { value: string; after: string } {
  if (text.startsWith("'")) return verbatim(text);
  if (!text.startsWith('(')) {
    const word = /^[A-Za-z0-9]+(?=[ ,]|$)/.exec(text);
    if (!word) throw new Error(`no argument here: ${text}`);
    return { value: word[0], after: text.slice(word[0].length) };
  }
  // The first operand decides that this is a sum of text.
  if (!text.startsWith("('")) throw new Error(`a sum that is no text: ${text}`);
  let value = '';
  let rest = text.slice(1);
  for (;;) {
    const character = /^\[char\]0x([0-9a-f]{1,4})(?=[ )])/.exec(rest);
    const read = character
      ? { value: String.fromCharCode(Number.parseInt(character[1] ?? '', 16)), after: rest.slice(character[0].length) }
      : verbatim(rest);
    value += read.value;
    rest = read.after;
    if (rest.startsWith(')')) return { value, after: rest.slice(1) };
    if (!rest.startsWith(' + ')) throw new Error(`no sum: ${rest}`);
    rest = rest.slice(3);
  }
}

/** PowerShell ends a verbatim string at any of its quotes, unless another one follows. */
function verbatim(text: string): { value: string; after: string } {
  const read = /^'((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)'(?!['\u2018-\u201b])/.exec(text);
  if (!read) throw new Error(`no string here: ${text}`);
  return { value: (read[1] ?? '').replace(/(['\u2018-\u201b])./g, '$1'), after: text.slice(read[0].length) };
}
