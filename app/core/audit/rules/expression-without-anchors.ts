import { encodeBytes } from '../../bytes/bytes.ts';
import { isExpression } from '../../postgres/hba/expression.ts';
import { type Node, type Place, readRegex } from '../../postgres/hba/regex.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const expressionWithoutAnchors: HbaRule = {
  id: 'expression-without-anchors',
  severity: 'medium',
  title: 'Regular expression without anchors matches parts of names',
  why: 'PostgreSQL searches for the expression anywhere in the name: /app matches app, and also my_app_admin. Anchor it with ^ and $ to match the whole name.',
  wrong: 'hostssl all /app 10.0.0.0/8 scram-sha-256',
  right: 'hostssl all /^app$ 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  near: true,
  *check({ hba, major }) {
    for (const placed of hba.records) {
      for (const { text } of [...placed.record.databases, ...placed.record.users]) {
        if (!isExpression(text, major) || text === '/' || isAnchored(text.slice(1))) continue;
        yield atRecord(placed, `${text} also matches names that only contain it. /^…$ matches only the whole name.`);
      }
    }
  },
};

/** It matches only whole names; also true of one nested too deeply to be parsed here. */
function isAnchored(source: string): boolean {
  const regex = readRegex(encodeBytes(source));
  return !regex || 'problem' in regex || (isBound(regex.node, 'start') && isBound(regex.node, 'end'));
}

/** Every match begins at the start of the name, or ends at its end. */
function isBound(node: Node | undefined, place: Place): boolean {
  switch (node?.kind) {
    case 'place':
      return node.place === place;
    case 'sequence':
      return isBound(node.nodes.at(place === 'start' ? 0 : -1), place);
    case 'choice':
      return node.nodes.every((branch) => isBound(branch, place));
    default:
      return false;
  }
}
