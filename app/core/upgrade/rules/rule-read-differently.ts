import { atRecord } from '../../audit/rule.ts';
import { isExpression } from '../../postgres/hba/expression.ts';
import type { Hba, PlacedRecord } from '../../postgres/hba/hba.ts';
import { sourceText } from '../../postgres/hba/network.ts';
import type { HbaRecord } from '../../postgres/hba/record.ts';
import type { Field } from '../../postgres/hba/token.ts';
import { lineFix } from '../line-fix.ts';
import type { UpgradeRule } from '../rule.ts';

export const ruleReadDifferently: UpgradeRule = {
  id: 'upgrade-rule-read-differently',
  severity: 'high',
  title: 'The target version reads a rule differently',
  why: 'Both versions accept the rule, but it matches other connections or checks other things. So access changes with the upgrade and without an edit.',
  references: [
    { title: 'PostgreSQL manual, pg_hba.conf', url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html' },
  ],
  *check({ hba, from, to }) {
    if (!hba) return;
    const refused = new Set([...hba.before.refused, ...hba.after.refused].map(key));
    const [before, after] = [byPlace(hba.before), byPlace(hba.after)];
    for (const place of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(place) ?? [], after.get(place) ?? []];
      const [first] = [...old, ...now];
      if (!first || refused.has(place)) continue;
      const said = differenceOf(old, from, now, to);
      if (said !== undefined) yield atRecord(first, said, lineFix(hba.before, first, to));
    }
  },
};

const key = ({ file = '', line }: { readonly file?: string; readonly line: number }): string => `${line} ${file}`;

/** The records of each line: an include line has those of its file. */
function byPlace({ records }: Hba): ReadonlyMap<string, readonly PlacedRecord[]> {
  const found = new Map<string, PlacedRecord[]>();
  for (const placed of records) found.set(key(placed), [...(found.get(key(placed)) ?? []), placed]);
  return found;
}

/** How the records of one line differ; undefined if they mean the same. */
function differenceOf(
  before: readonly PlacedRecord[],
  from: number,
  after: readonly PlacedRecord[],
  to: number,
): string | undefined {
  if (before.length !== after.length) {
    const count = (records: readonly unknown[]) => (records.length === 0 ? 'no rule' : `${records.length} rules`);
    return `PostgreSQL ${from} reads ${count(before)} here, PostgreSQL ${to} reads ${count(after)}.`;
  }
  const different = before.flatMap(({ record }, at) => {
    const other = after[at]?.record;
    if (!other) return [];
    const [old, now] = [fieldsOf(record, from), fieldsOf(other, to)];
    return Object.entries(old).flatMap(([name, text]) =>
      text === now[name] ? [] : [`${name}: ${text} in PostgreSQL ${from}, ${now[name]} in PostgreSQL ${to}`],
    );
  });
  return different.length === 0 ? undefined : `It means something else: ${different.join('; ')}.`;
}

/** What a record means, by field, in words that are equal for an equal meaning. */
function fieldsOf(record: HbaRecord, major: number): Readonly<Record<string, string>> {
  return {
    type: record.type,
    databases: namesOf(record.databases, major),
    users: namesOf(record.users, major),
    address: sourceText(record),
    method: record.method,
    options: optionsOf(record).join(' ') || 'no options',
  };
}

const namesOf = (tokens: Field, major: number): string =>
  tokens
    .map(({ text, quoted }) => {
      const written = JSON.stringify(text);
      if (isExpression(text, major)) return `expression ${written}`;
      return quoted || text.startsWith('/') ? `name ${written}` : written;
    })
    .join(', ');

/** 11 shows `clientcert=true` for what later majors call verify-ca. The method cert checks the same in every major. */
function optionsOf({ method, options, unshown = [] }: HbaRecord): readonly string[] {
  return [...options, ...unshown]
    .map((option) => (option === 'clientcert=true' ? 'clientcert=verify-ca' : option))
    .filter((option) => method !== 'cert' || !option.startsWith('clientcert='))
    .sort();
}
