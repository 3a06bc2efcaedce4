import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { expect, test } from 'vitest';
import { LINK_LIMITS } from '../link/limits.ts';
import { planArbitrary } from '../testing/plan-arbitrary.ts';
import { defaultPlan } from './defaults.ts';
import { decodeLink, encodeLink } from './link.ts';

const pack = (json: unknown) => `a${Buffer.from(deflateSync(strToU8(JSON.stringify(json)))).toString('base64url')}`;

const refusal = async (fragment: string) => {
  const decoded = await decodeLink(fragment);
  return decoded.ok ? 'opened' : decoded.issues.map(({ id }) => id).join();
};

test('a link opens as the plan it was made from', async () => {
  await fc.assert(
    fc.asyncProperty(planArbitrary, async (plan) => {
      const link = await encodeLink(plan);
      expect(await decodeLink(link)).toEqual({ ok: true, value: plan });
      expect(await decodeLink(`#${link}`)).toEqual({ ok: true, value: plan });
      expect(await encodeLink(plan)).toBe(link);
    }),
    { numRuns: 200 },
  );
});

test('the default plan makes a short link', async () =>
  expect((await encodeLink(defaultPlan('direct'))).length).toBeLessThan(40));

test('a link of version 1 keeps its meaning', async () => {
  expect(await decodeLink('aizbUUUrJLEpNLlHSqVYqTi0qSy1SsqpWKsgvKlGyijY1MTaOra2NBQA')).toEqual({
    ok: true,
    value: {
      ...defaultPlan('direct'),
      server: { ...defaultPlan('direct').server, port: 5433 },
    },
  });
});

test('a link cut anywhere is rejected or opens a valid plan', async () => {
  const link = await encodeLink({ ...defaultPlan('vpn'), notes: 'something to carry' });
  for (let length = 0; length < link.length; length++) {
    expect(await refusal(link.slice(0, length))).toMatch(/^link\./);
  }
});

test('any text gets an answer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.base64String().map((text) => `a${text}`),
      ),
      async (text) => {
        expect(await refusal(text)).not.toBe('opened');
      },
    ),
  );
});

test('a link that unpacks endlessly is stopped at the limit', async () => {
  const bomb = `a${Buffer.from(deflateSync(new Uint8Array(40_000_000), { level: 9 })).toString('base64url')}`;
  expect(bomb.length).toBeLessThan(LINK_LIMITS.characters);
  expect(await refusal(bomb)).toBe('link.tooLarge');
});

test('a link longer than a browser should support is not read', async () =>
  expect(await refusal(`a${'A'.repeat(LINK_LIMITS.characters)}`)).toBe('link.tooLong'));

test.each([
  [[1, 'direct', { server: { port: [99999] } }], 'port.range'],
  [[1, 'direct', { clients: [[]], __proto__x: [1] }], 'plan.unknownKey'],
  [[3, 'direct', {}], 'plan.newer'],
  [[1, 'elsewhere', {}], 'link.damaged'],
  [{}, 'link.damaged'],
])('%j is rejected as %s', async (json, id) => expect(await refusal(pack(json))).toBe(id));

test('a key named __proto__ is rejected by name and changes no prototype', async () => {
  const hostile = `a${Buffer.from(deflateSync(strToU8('[1,"direct",{"server":{"__proto__":[{"port":1}]}}]'))).toString('base64url')}`;
  expect(await refusal(hostile)).toBe('plan.unknownKey');
  expect(({} as { port?: number }).port).toBeUndefined();
});
