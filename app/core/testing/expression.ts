/** Only the matching of regular expressions, for the proof that servers match the same. */
export { expressionOf } from '../postgres/hba/expression.ts';
export { regexProblem } from '../postgres/hba/regex.ts';
