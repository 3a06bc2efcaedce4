import { expect, it } from 'vitest';
import { everyBranch } from '../testing/every-branch.ts';
import { everyField } from '../testing/every-field.ts';
import { defaultPlan } from './defaults.ts';
import { redact } from './redact.ts';
import { planSchema } from './schema.ts';
import { planShape, type Shape } from './shape.ts';

/** A text of each kind that answers accept. Each contains something that no default has. */
const TEXTS = [
  'zanzibar',
  'zanzibar.test',
  'zanzibar@zanzibar.test',
  'https://zanzibar.test/',
  '/zanzibar/file',
  'C:\\zanzibar\\file',
  'zanzibar=zanzibar',
  'zanzibar %m [%p] host=%r zanzibar.test|10.77.4.4: ',
  'vpc-0a0a0a0a0a0a0a0a1',
  'sg-0a0a0a0a0a0a0a0a1',
  `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'Z'.repeat(43)}`,
  `${'Z'.repeat(42)}Y=`,
  'zz-zanzibar-1',
  '2031-07-07',
  '8.8.4.4',
  '8.8.4.0/24',
  '2620:fe::fe',
  '10.77.4.4',
  '10.77.4.0/24',
];
const MARK = /zanzibar|2031-07-07|0a0a0a0a|ZZZZ|8\.8\.4|2620:fe|10\.77/i;

/** These name no machine, person or network of the user. */
const KEPT = [
  'clients[].validUntil',
  'cloud.location',
  'cloud.region',
  'network.software.location',
  'security.ciphers',
  'security.groups',
];

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };
type Variant = readonly [path: string, text: string, value: Json];

/** Every copy of a value in which one text, missing text, or entry of a list of texts is replaced. */
function variants(value: Json, path = ''): Variant[] {
  if (value === null || typeof value === 'string') return TEXTS.map((text) => [path, text, text]);
  if (Array.isArray(value)) {
    const entries = value.length === 0 ? [null] : value;
    return entries.flatMap((entry, index) =>
      variants(entry, `${path}[]`).map(([at, text, other]): Variant => [at, text, entries.with(index, other)]),
    );
  }
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    variants(entry, path === '' ? key : `${path}.${key}`).map(
      ([at, text, other]): Variant => [at, text, { ...value, [key]: other }],
    ),
  );
}

it('keeps no text that an answer accepts', () => {
  const accepted = new Set<string>();
  const paths = new Set<string>();
  const kept = new Set<string>();
  const start = defaultPlan('direct');
  const filtered = { ...start, firewall: { ...start.firewall, sources: ['10.0.0.0/8'] } };
  for (const plan of [filtered, ...everyField(), ...everyBranch()])
    for (const [path, text, variant] of variants(plan as Json)) {
      if (accepted.has(`${path} ${text}`)) continue;
      const parsed = planSchema.safeParse(variant);
      if (!parsed.success) continue;
      accepted.add(`${path} ${text}`);
      paths.add(path);
      if (MARK.test(JSON.stringify(redact(parsed.data)))) kept.add(path);
    }
  expect([...kept].sort()).toEqual(KEPT);
  const unreached = [...new Set(textsOf(planShape()))].filter((path) => !paths.has(path));
  expect(unreached, 'answers that no plan or text above reaches').toEqual([]);
});

/** The paths of all answers that are texts. */
function textsOf(shape: Shape, path = ''): string[] {
  if (shape === 'text') return [path];
  if (typeof shape === 'string') return [];
  if (!isList(shape))
    return Object.entries(shape).flatMap(([key, entry]) => textsOf(entry, path === '' ? key : `${path}.${key}`));
  const [kind, ...inner] = shape;
  if (kind === '=') return [];
  return inner.flatMap((one) => textsOf(one as Shape, kind === '*' ? `${path}[]` : path));
}

const isList = (shape: Shape): shape is Extract<Shape, readonly unknown[]> => Array.isArray(shape);
