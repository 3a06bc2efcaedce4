import ts from 'typescript';

/**
 * A change of one place of a source text. `host` is the expression or statement that is compiled in both forms; the
 * change replaces `start` to `end`, which are inside it.
 * @typedef {{ start: number, end: number, text: string, host: { start: number, end: number, statement: boolean } }} Mutant
 */

const K = ts.SyntaxKind;

/** Documents in English: tests of their wording would only repeat it. */
const prose = new Set(['title', 'why', 'wrong', 'right', 'references', 'examples', 'sources', 'meaning']);

/** A sentence, or the label of a button. */
const sentence = /^[A-Z][a-z]+ [\w$]|\w \w.*[.?]$|[a-z]+ [a-z]+ [a-z]+ [a-z]+/;

const flips = new Map([
  [K.LessThanToken, ['<=', '>=']],
  [K.LessThanEqualsToken, ['<', '>']],
  [K.GreaterThanToken, ['>=', '<=']],
  [K.GreaterThanEqualsToken, ['>', '<']],
  [K.EqualsEqualsEqualsToken, ['!==']],
  [K.ExclamationEqualsEqualsToken, ['===']],
  [K.AmpersandAmpersandToken, ['||']],
  [K.BarBarToken, ['&&']],
  [K.PlusToken, ['-']],
  [K.MinusToken, ['+']],
  [K.AsteriskToken, ['/']],
  [K.SlashToken, ['*']],
  [K.PercentToken, ['*']],
  [K.LessThanLessThanToken, ['>>']],
  [K.GreaterThanGreaterThanToken, ['<<']],
  [K.AmpersandToken, ['|']],
  [K.BarToken, ['&']],
  [K.PlusEqualsToken, ['-=']],
  [K.MinusEqualsToken, ['+=']],
]);

/** Methods that are replaced by another method. */
const otherMethod = new Map(
  [
    ['some', 'every'],
    ['startsWith', 'endsWith'],
    ['min', 'max'],
    ['find', 'findLast'],
    ['findIndex', 'findLastIndex'],
    ['indexOf', 'lastIndexOf'],
    ['trimStart', 'trimEnd'],
    ['toLowerCase', 'toUpperCase'],
    ['push', 'unshift'],
  ].flatMap(([one, other]) => [
    [one, other],
    [other, one],
  ]),
);
otherMethod.set('replaceAll', 'replace');

/** Methods whose call is removed. */
const leftOut = new Set([
  'filter',
  'slice',
  'sort',
  'toSorted',
  'reverse',
  'toReversed',
  'trim',
  'replace',
  'replaceAll',
]);

const removable = new Set([
  K.ExpressionStatement,
  K.ReturnStatement,
  K.ThrowStatement,
  K.ContinueStatement,
  K.BreakStatement,
]);

/**
 * Every mutant of a source text, in the order of the text. Types, imports and prose have none.
 * @param {string} text
 * @returns {Mutant[]}
 */
export function mutantsOf(text) {
  const file = ts.createSourceFile('mutated.ts', text, ts.ScriptTarget.Latest, true);
  /** @type {Map<string, Mutant>} */
  const found = new Map();
  const add = (node, replacement, { from = node, to = node, host = node } = {}) => {
    const start = from.getStart(file);
    const end = to.getEnd();
    if (text.slice(start, end) === replacement) return;
    const outer = chainOf(host);
    const statement = removable.has(outer.kind);
    found.set(`${start} ${end} ${replacement}`, {
      start,
      end,
      text: replacement,
      host: { start: outer.getStart(file), end: outer.getEnd(), statement },
    });
  };
  const source = (node) => node.getText(file);

  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isPropertyAssignment(node) && prose.has(node.name.getText(file))) return;
    mutate(node, add, source);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

function mutate(node, add, source) {
  if (ts.isBinaryExpression(node)) {
    const { left, right, operatorToken } = node;
    const text = [left, right].some(isText);
    if (!text) for (const flip of flips.get(operatorToken.kind) ?? []) add(operatorToken, flip, { host: node });
    if (operatorToken.kind === K.AmpersandAmpersandToken || operatorToken.kind === K.BarBarToken) {
      add(node, source(left));
      add(node, source(right));
    }
    // In parentheses, because `??` and `&&` don't mix.
    if (operatorToken.kind === K.QuestionQuestionToken) add(node, `(${source(left)}) && (${source(right)})`);
  } else if (ts.isPrefixUnaryExpression(node)) {
    if (node.operator === K.ExclamationToken || node.operator === K.MinusToken) add(node, source(node.operand));
    if (node.operator === K.PlusPlusToken) add(node, `--${source(node.operand)}`);
  } else if (ts.isPostfixUnaryExpression(node)) {
    add(node, `${source(node.operand)}${node.operator === K.PlusPlusToken ? '--' : '++'}`);
  } else if (ts.isConditionalExpression(node)) {
    add(node.condition, 'true');
    add(node.condition, 'false');
  } else if (ts.isIfStatement(node)) {
    add(node.expression, 'true');
    add(node.expression, 'false');
  } else if (ts.isWhileStatement(node) || ts.isForStatement(node)) {
    const condition = ts.isForStatement(node) ? node.condition : node.expression;
    if (condition) add(condition, 'false');
  } else if (ts.isArrayLiteralExpression(node)) {
    if (node.elements.length > 0 && !isTarget(node)) add(node, '[]');
  } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    const other = otherMethod.get(name.text);
    if (other) add(name, other, { host: node });
    if (leftOut.has(name.text)) add(node, source(expression));
  } else if (removable.has(node.kind)) {
    add(node, ';');
  } else {
    literal(node, add, source);
  }
}

function literal(node, add, source) {
  if (node.kind === K.TrueKeyword) add(node, 'false');
  else if (node.kind === K.FalseKeyword) add(node, 'true');
  else if (ts.isNumericLiteral(node) && isValue(node)) add(node, `${Number(node.text) + 1}`);
  else if (ts.isBigIntLiteral(node)) add(node, `${BigInt(node.text.slice(0, -1)) + 1n}n`);
  else if (ts.isStringLiteral(node) && isValue(node) && !isProse(node, node.text))
    add(node, node.text === '' ? "'mutant'" : "''");
  else if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
    const whole = source(node);
    if (whole !== '``' && !isProse(node, whole.slice(1, -1)))
      add(node, '``', { host: ts.isTaggedTemplateExpression(node.parent) ? node.parent : node });
  } else if (ts.isRegularExpressionLiteral(node)) for (const other of otherExpressions(node.text)) add(node, other);
}

/** Regular expressions that match slightly more or less. */
export function otherExpressions(literalText) {
  const end = literalText.lastIndexOf('/');
  const [body, flags] = [literalText.slice(1, end), literalText.slice(end + 1)];
  const others = [];
  const put = (at, length, text) => {
    const changed = body.slice(0, at) + text + body.slice(at + length);
    if (changed !== '') others.push(`/${changed}/${flags}`);
  };
  let inClass = false;
  for (let at = 0; at < body.length; at++) {
    const [character, next] = [body[at], body[at + 1]];
    if (character === '\\') {
      at++;
      if (/[dDwWsSbB]/.test(next ?? ''))
        put(at, 1, next === next?.toLowerCase() ? next.toUpperCase() : next.toLowerCase());
    } else if (inClass) inClass = character !== ']';
    else if (character === '[') {
      inClass = true;
      if (next === '^') put(at + 1, 1, '');
      else put(at + 1, 0, '^');
      // A class that begins with `^` or `]` may contain it.
      at += next === '^' ? 1 : 0;
    } else if (character === '^' || character === '$') put(at, 1, '');
    else if (/[+*?]/.test(character) && body[at - 1] !== '(' && !/[+*?}]/.test(body[at - 1])) {
      put(at, 1, '');
      if (character !== '?') put(at, 1, character === '+' ? '*' : '+');
    } else if (character === '(' && next === '?') {
      const look = /^\(\?<?([=!])/.exec(body.slice(at));
      if (look) put(at + look[0].length - 1, 1, look[1] === '=' ? '!' : '=');
    }
  }
  for (const flag of ['g', 'i', 's']) {
    if (flags.includes(flag)) others.push(`/${body}/${flags.replace(flag, '')}`);
  }
  return others.filter(compiles);
}

function compiles(literalText) {
  const end = literalText.lastIndexOf('/');
  try {
    new RegExp(literalText.slice(1, end), literalText.slice(end + 1));
    return true;
  } catch {
    return false;
  }
}

const isText = (node) =>
  ts.isStringLiteral(node) || ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node);

/** A literal that is evaluated, not a property name. */
const isValue = (node) => node.parent.name !== node;

/** Text for people: sentences, and the message of an error. */
function isProse(node, text) {
  for (let at = node; at && !ts.isStatement(at); at = at.parent) {
    if (ts.isNewExpression(at) && /Error$|^Problem$/.test(at.expression.getText())) return true;
  }
  return sentence.test(text);
}

/** `[a, b] = …` */
const isTarget = ({ parent }) =>
  ts.isBinaryExpression(parent) &&
  parent.operatorToken.kind === K.EqualsToken &&
  ts.isArrayLiteralExpression(parent.left);

/** Parentheses would end an optional chain early, so its mutants are compiled at the end of the chain. */
function chainOf(node) {
  let outer = node;
  while (
    outer.flags & ts.NodeFlags.OptionalChain &&
    outer.parent.expression === outer &&
    outer.parent.flags & ts.NodeFlags.OptionalChain
  ) {
    outer = outer.parent;
  }
  return outer;
}
