/**
 * Why PostgreSQL's regular expression compiler refuses an advanced expression (manual 9.7.3), in its words; undefined
 * where this reading finds nothing wrong. It finds unbalanced groups, brackets and braces, and quantifiers of nothing.
 */
export function regexProblem(expression: string): string | undefined {
  let depth = 0;
  let quantifiable = false;
  for (let at = 0; at < expression.length; at++) {
    const character = expression[at];
    if (character === '\\') {
      if (at + 1 >= expression.length) return 'invalid escape \\ sequence';
      at++;
      quantifiable = true;
    } else if (character === '(') {
      depth++;
      const prefix = /^\((?:\?(?::|=|!|<=|<!))?/.exec(expression.slice(at))?.[0] ?? '(';
      at += prefix.length - 1;
      quantifiable = false;
    } else if (character === ')') {
      if (--depth < 0) return 'parentheses () not balanced';
      quantifiable = true;
    } else if (character === '[') {
      const end = bracketEnd(expression, at);
      if (end < 0) return 'brackets [] not balanced';
      at = end;
      quantifiable = true;
    } else if (character === '{') {
      const bound = /^\{([0-9]+)(?:,([0-9]*))?\}\??/.exec(expression.slice(at));
      if (!bound) {
        if (!/^\{[0-9]/.test(expression.slice(at))) quantifiable = true;
        else return expression.indexOf('}', at) < 0 ? 'braces {} not balanced' : 'invalid repetition count(s)';
        continue;
      }
      if (!quantifiable) return 'quantifier operand invalid';
      const [, low = '0', high] = bound;
      if (
        Number(low) > 255 ||
        (high !== undefined && high !== '' && (Number(high) > 255 || Number(high) < Number(low)))
      ) {
        return 'invalid repetition count(s)';
      }
      at += bound[0].length - 1;
      quantifiable = false;
    } else if (character === '*' || character === '+' || character === '?') {
      if (!quantifiable) return 'quantifier operand invalid';
      if (expression[at + 1] === '?') at++;
      quantifiable = false;
    } else {
      quantifiable = character !== '|' && character !== '^';
    }
  }
  return depth > 0 ? 'parentheses () not balanced' : undefined;
}

/** Index of the bracket that ends an expression, or -1. The first `]` after `[` or `[^` is a literal. */
function bracketEnd(expression: string, start: number): number {
  let at = start + 1;
  if (expression[at] === '^') at++;
  if (expression[at] === ']') at++;
  for (; at < expression.length; at++) {
    const character = expression[at];
    if (character === '\\') at++;
    else if (character === '[' && /[.:=]/.test(expression[at + 1] ?? '')) {
      const end = expression.indexOf(`${expression[at + 1]}]`, at + 2);
      if (end < 0) return -1;
      at = end + 1;
    } else if (character === ']') return at;
  }
  return -1;
}
