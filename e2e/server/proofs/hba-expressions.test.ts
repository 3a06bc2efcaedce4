import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { encodeBytes } from '../../../app/core/index.ts';
import { expressionOf, regexProblem } from '../../../app/core/testing/expression.ts';
import { amount } from '../harness/amount.ts';
import { majors } from '../harness/binaries.ts';
import { Chance } from '../harness/chance.ts';
import { conforms } from '../harness/conformance.ts';
import { hbaServer, PORT } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';

/** Number of expressions per major. */
const EXPRESSIONS = amount(2600);
const NAMES = 8;
/** Tried with each: the modes differ at line breaks. */
const ALWAYS = ['', '\n', 'a\n', '\nb'];
/** `POSTERN_HBA_SEED` repeats an earlier run. */
const seed = Number(process.env.POSTERN_HBA_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Majors whose pg_hba.conf has expressions. */
const withExpressions = majors.filter((major) => major >= 16);

const letters = ['a', 'b', 'A', 'B', '1', '2', '_', '-', '.', ' ', 'é', 'É', 'ß', '数', '\n', '/', '{', 'x'];
const atoms = [
  ...letters.filter((letter) => !'.{'.includes(letter)),
  'a',
  'b',
  'ab',
  '.',
  '\\d',
  '\\D',
  '\\w',
  '\\W',
  '\\s',
  '\\S',
  '\\.',
  '\\/',
  '\\x61',
  '\\u0062',
  '\\U000000e9',
  '\\n',
  '\\e',
  '[ab]',
  '[^ab]',
  '[a-c1]',
  '[^a-z]',
  '[]a]',
  '[^]a]',
  '[a-]',
  '[[:alpha:]]',
  '[[:digit:]_]',
  '[^[:upper:]]',
  '[[:punct:]]',
  '[[:space:]]',
  '[\\d_]',
  '[^\\s]',
  '[[=a=]]',
  '[[.hyphen.]]',
  '[0-9a-f]',
  '[é-ü]',
  '}',
  ']',
]; // prettier-ignore
/** Most of them are rejected. */
const odd = [
  '\\B',
  '\\q',
  '[b-a]',
  '[[:no:]]',
  '[a',
  '[:alpha:]',
  '{',
  '{a',
  '[\\w-]',
  '[[.a.]-b]',
  '{2,1}',
  '{300}',
  '**',
  '(',
  ')',
  '+',
  '(?',
  '\\2',
];
const places = ['^', '$', '\\A', '\\Z', '\\m', '\\M', '\\y', '\\Y', '[[:<:]]', '[[:>:]]'];
const amounts = ['*', '+', '?', '*?', '+?', '??', '{2}', '{1,}', '{0,2}', '{1,2}?', '{0}', '{,2}'];
const starts = [
  '(?i)',
  '(?n)',
  '(?p)',
  '(?w)',
  '(?x)',
  '(?s)',
  '(?q)',
  '(?b)',
  '(?e)',
  '(?ix)',
  '(?z)',
  '***=',
  '***:',
  '***',
  '(?i',
  '(?c)',
];

function expression(chance: Chance, depth = 3): string {
  const piece = (): string => {
    const kind = chance.below(20);
    if (chance.rarely(120)) return chance.one(odd);
    if (kind < 11 || depth === 0) return chance.one(atoms);
    if (kind < 14) return chance.one(places);
    if (kind < 15) return chance.one(['(a)\\1', '(b*)\\1', atoms[0] ?? '']);
    const inner = expression(chance, depth - 1);
    return `${chance.one(['(', '(', '(?:', '(?=', '(?!', '(?<=', '(?<!'])}${inner}${chance.rarely(60) ? '' : ')'}`;
  };
  const sequence = () => chance.many(0, 4, () => piece() + (chance.rarely(3) ? chance.one(amounts) : '')).join('');
  const whole = chance.many(1, 2, sequence).join('|');
  return depth === 3 && chance.rarely(8) ? chance.one(starts) + whole : whole;
}

/** Names similar to the expression, so that many match. */
function nameFor(chance: Chance, source: string): string {
  const from = [...source].filter((character) => letters.includes(character));
  return chance.many(0, 6, () => chance.one(from.length > 0 && chance.rarely(2) ? from : letters)).join('');
}

describe.skipIf(!inNamespace || withExpressions.length === 0)('a regular expression of pg_hba.conf', () => {
  it.each(withExpressions)('matches and is rejected as on PostgreSQL %i', async (major) => {
    const server = await hbaServer(major);
    let [compared, unanswered, matched, refused] = [0, 0, 0, 0];
    // Clients log in before the server knows the encoding of their database: an expression is matched byte by byte, as here.
    await server.client.query("create database bytes template template0 encoding 'SQL_ASCII'");
    const client = new Client({ host: server.socketDirectory, port: PORT, user: 'postgres', database: 'bytes' });
    await client.connect();
    try {
      await client.query(`create function pg_temp.answer(source text, names text[]) returns jsonb language plpgsql as $$
        begin return (select jsonb_agg(name collate "C" ~ source order by at) from unnest(names) with ordinality as n (name, at));
        exception when invalid_regular_expression then return to_jsonb(sqlerrm); end $$`);
      const chance = new Chance(seed);
      const tried = Array.from({ length: EXPRESSIONS }, () => {
        const source = expression(chance);
        return { source, names: [...ALWAYS, ...Array.from({ length: NAMES }, () => nameFor(chance, source))] };
      });
      const { rows } = await client.query<{ answers: (boolean[] | string)[] }>(
        `select jsonb_agg(pg_temp.answer(one.source, one.names) order by at) as answers
         from rows from (jsonb_to_recordset($1::jsonb) as (source text, names text[])) with ordinality as one (source, names, at)`,
        [JSON.stringify(tried)],
      );
      for (const [index, { source, names }] of tried.entries()) {
        const answer = rows[0]?.answers[index] ?? '';
        const problem = regexProblem(encodeBytes(source));
        if (typeof answer === 'string') {
          expect({ seed, source, problem: `invalid regular expression: ${problem}` }).toEqual({
            seed,
            source,
            problem: answer,
          });
          refused += 1;
          continue;
        }
        expect({ seed, source, problem }).toEqual({ seed, source, problem: undefined });
        const machine = expressionOf(source);
        if (!machine) {
          // Only backreferences have no answer.
          expect({ seed, source, looksBack: /\\[1-9]/.test(source) }).toEqual({ seed, source, looksBack: true });
          unanswered += 1;
          continue;
        }
        const ours = names.map((name) => machine.test(name));
        expect({ seed, source, names, ours }).toEqual({ seed, source, names, ours: answer });
        compared += names.length;
        matched += answer.filter((yes) => yes).length;
      }
    } finally {
      await client.end();
      await server.stop();
    }
    console.info(
      `expressions on ${major}: ${compared} matches compared, ${matched} of them yes; ${refused} refused alike, ${unanswered} unanswered; seed ${seed}`,
    );
    expect(matched).toBeGreaterThan(compared / 10);
    expect(refused).toBeGreaterThan(100);
    conforms({
      target: 'regular expressions',
      files: ['pg_hba.conf'],
      judgedBy: `PostgreSQL ${major}`,
      tried: 'generated expressions with names: match, or the words of the refusal',
      plans: 0,
      cases: compared + refused,
      reading: { major, disagreements: 0 },
      notCovered: 'back-references, which Postern leaves unanswered',
    });
  });
});
