// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { defaultPlan, generate, type Pattern } from '../../../core/index.ts';
import { everyBranch } from '../../../core/testing/every-branch.ts';
import { FIELDS, fieldsOf } from '../../shared/navigation/fields.ts';
import { itemsOf, matching } from './items.ts';

const modules = import.meta.glob<string>('../../features/plan/steps/**/*.tsx', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const forms = Object.values(modules).join('\n');

const itemsFor = (pattern: Pattern) => {
  const plan = defaultPlan(pattern);
  return itemsOf(plan, generate(plan).files);
};
const labels = (query: string, pattern: Pattern = 'direct') =>
  matching(itemsFor(pattern), query).map(({ label }) => label);

it('offers every question of the forms', () => {
  const asked = [...forms.matchAll(/question(?:=|\b.*[?:] )["']([\w.]+)["']/g)].map(([, question]) => question);
  expect(asked.length).toBeGreaterThan(100);
  const offered = new Set(FIELDS.map(([, question]) => question as string));
  expect([...new Set(asked)].filter((question) => question && !offered.has(question))).toEqual([]);
});

it('offers no question whose answer no plan has', () => {
  const plans = everyBranch().flatMap((plan) => [
    plan,
    {
      ...plan,
      server: { ...plan.server, major: 17 as const },
      firewall: { ...plan.firewall, sources: ['10.0.0.0/8'] },
    },
    ...(plan.cloud.provider === 'none' ? [] : [{ ...plan, cloud: { ...plan.cloud, sources: ['10.0.0.0/8'] } }]),
  ]);
  const reached = new Set(plans.flatMap((plan) => fieldsOf(plan, () => 0).map(([, question]) => question)));
  expect(FIELDS.map(([, question]) => question).filter((question) => !reached.has(question))).toEqual([]);
});

it('offers only the questions of the current plan', () => {
  expect(labels('proxy port', 'direct')).not.toContain('Proxy port');
  expect(labels('subnets', 'private')).toContain('Subnets');
  expect(labels('Security group name')).toEqual([]);
});

it('has each id once', () => {
  for (const pattern of ['direct', 'vpn', 'private', 'bastion'] as const) {
    const ids = itemsFor(pattern).map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  }
});

it.each([
  ['audit', 'Audit'],
  ['minimum tls', 'Minimum TLS version (ssl_min_protocol_version)'],
  ['tls minimum', 'Minimum TLS version (ssl_min_protocol_version)'],
  ['SSL_MIN_protocol', 'Minimum TLS version (ssl_min_protocol_version)'],
  ['listen addresses', 'listen_addresses'],
  ['pg_hba', 'database-server/pg_hba.conf'],
  ['keyboard', 'Keyboard shortcuts'],
  ['upgrade', 'Audit'],
  ['radius', 'Audit'],
  ['pg_hosts', 'Audit'],
  ['sni', 'Server certificate'],
  ['sso', 'Authentication method'],
  ['single sign-on', 'Authentication method'],
  ['OIDC', 'Authentication method'],
])('%j finds %j', (query, label) => expect(labels(query)).toContain(label));

it('puts labels that begin with the query before labels that contain it, and those before other matches', () => {
  const found = matching(itemsFor('direct'), 'tls').map(({ label, detail, words }) => {
    const text = label.toLowerCase();
    return text.startsWith('tls')
      ? 0
      : text.includes('tls')
        ? 1
        : `${detail} ${words}`.toLowerCase().includes('tls')
          ? 2
          : 3;
  });
  expect(found).toEqual(found.toSorted());
  expect(new Set(found)).toEqual(new Set([0, 1, 2]));
});

it('shows the value of a setting without its comment', () => {
  const found = itemsFor('direct').find(({ label }) => label === 'listen_addresses');
  expect(found?.detail).toMatch(/^'localhost, [^#]*'$/);
});

it('finds nothing for words that do not all occur', () => expect(labels('tls zebra')).toEqual([]));

it('without a query offers the screens and the steps', () => {
  const kinds = new Set(matching(itemsFor('vpn'), '  ').map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(['screen', 'step']));
});
