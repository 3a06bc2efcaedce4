import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LINK_LIMITS } from './limits.ts';
import { decodeScreen, encodeScreen, type ScreenState } from './screen.ts';
import { isScreenLink } from './screens.ts';

const start: ScreenState = {
  view: 'audit',
  major: 18,
  source: 'files',
  connection: null,
  map: null,
  refusal: null,
  files: null,
  other: null,
};

test('a screen comes back from its link, with the text of its files', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ maxLength: 50 }), (text, user) => {
      const state: ScreenState = {
        ...start,
        view: 'path',
        connection: {
          transport: 'tcp',
          encryption: 'tls',
          address: '2001:db8::7',
          hostname: '',
          database: 'orders',
          user,
          roles: [user],
          replication: false,
        },
        files: [{ name: 'pg_hba.conf', text }],
      };
      const link = encodeScreen(state);
      expect(isScreenLink(`#${link}`)).toBe(true);
      expect(decodeScreen(`#${link}`)).toEqual({
        ok: true,
        value: { ...state, files: [{ name: 'pg_hba.conf', text }] },
      });
    }),
  );
});

test('what the map and the comparison show comes back too, and links from before they said so still open', () => {
  const map = { rows: 'roles', family: 6, table: true } as const;
  const asked: readonly ScreenState[] = [
    { ...start, view: 'map', map },
    { ...start, view: 'map', map: { ...map, row: 'app', network: '10.' } },
    { ...start, view: 'compare', compare: { against: 'plan', swapped: true }, other: 'host all all all trust\n' },
  ];
  for (const state of asked) expect(decodeScreen(encodeScreen(state))).toEqual({ ok: true, value: state });
});

test('a link that names a screen as it was called before opens it', () => {
  const now: ScreenState = { ...start, view: 'refusal', refusal: 'FATAL:  role "app" does not exist' };
  const before = encodeScreen({ ...now, view: 'refused' as ScreenState['view'] });
  expect(decodeScreen(before)).toEqual({ ok: true, value: now });
});

test('what is not such a link is refused, whatever it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
      expect(decodeScreen(`s${text}`).ok).toBe(false);
    }),
  );
  expect(decodeScreen(`s${'A'.repeat(LINK_LIMITS.characters)}`)).toEqual({ ok: false, issues: ['too long'] });
  expect(decodeScreen(encodeScreen({ ...start, refusal: 'x'.repeat(LINK_LIMITS.bytes) }))).toEqual({
    ok: false,
    issues: ['too large'],
  });
  expect(decodeScreen(encodeScreen({ ...start, major: 10 } as unknown as ScreenState)).ok).toBe(false);
  expect(decodeScreen(encodeScreen({ ...start, script: 'x' } as unknown as ScreenState)).ok).toBe(false);
});
