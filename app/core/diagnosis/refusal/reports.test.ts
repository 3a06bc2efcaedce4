import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { score } from '../../testing/score.ts';
import { diagnose } from './diagnose.ts';
import { loadToEnglish } from './translations/english.ts';

const toEnglish = await loadToEnglish();

/** Cases derived from public problem reports, one object a line; see the README beside them. */
const cases = new URL('../../../../../shared/reports/cases.jsonl', import.meta.url);
const there = existsSync(cases);

interface Case {
  readonly id: string;
  readonly class?: string;
  readonly kind: string;
  readonly input: { readonly text: string; readonly hba?: string; readonly conf?: string; readonly major?: number };
}

const read = (): readonly Case[] =>
  readFileSync(cases, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** The causes that are right for a case. */
const right: Readonly<Record<string, readonly string[]>> = {
  L01: ['no-entry-without-tls'],
  L03: ['no-entry-without-tls'],
  L05: ['no-entry-without-tls'],
  L06: ['no-entry-without-tls'],
  L08: ['no-entry-without-tls'],
  R30: ['client-too-old'],
  R91: ['no-entry-replication'],
  B02: ['listens-on-loopback'],
  R01: ['rejected-without-tls'],
  R04: ['no-entry'],
  R07: ['pam-failed'],
  R08: ['network-of-one-address'],
  R09: ['localhost-is-ipv6'],
  R10: ['link-local-address'],
  R18: ['another-file-in-force'],
  R33: ['ident-failed'],
  R37: ['pam-failed'],
  R69: ['proxy-terminates-tls'],
  R77: ['no-ipv6-route'],
  R81: ['data-directory-of-another-version'],
  R82: ['docker-wrong-port'],
  R96: ['address-translated'],
  D02: ['name-not-found'],
  D06: ['certificate-untrusted'],
  D08: ['system-roots'],
  D09: ['client-option-unknown'],
  D10: ['host-name-disagrees'],
  H16: ['no-route'],
  H22: ['no-route'],
  P01: ['wrong-password'],
  N02: [],
  R28: ['wrong-password'],
  R24: ['no-password-given'],
  R31: ['client-too-old'],
  R44: ['pooler-login-failed'],
  R45: ['pooler-login-failed'],
  R46: ['pooler-login-failed'],
  R47: ['pooler-parameter-refused'],
  R48: ['pooler-login-failed'],
  R50: ['pooler-no-database'],
  R57: ['client-key-refused'],
  R59: ['certificate-untrusted'],
  R63: ['certificate-untrusted'],
  R64: ['certificate-name'],
  R66: ['tls-not-offered'],
  R68: ['direct-tls-without-alpn'],
  R70: ['gss-tried-first'],
  R71: ['tls-versions'],
  R75: ['timed-out'],
  R85: ['timed-out'],
  R92: ['pooler-waits'],
  R95: ['client-parameter-refused'],
  T01: ['certificate-untrusted'],
  T03: ['certificate-untrusted'],
  T04: ['client-certificate-refused'],
};

/** Cases without a class are named after the group that their id begins with. */
const classOf = ({ id, class: own }: Case): string => CLASSES[own ?? id.slice(0, 1)] ?? 'program texts';

const CLASSES: Readonly<Record<string, string>> = {
  C1: 'translated messages',
  C2: 'which end wrote it',
  C3: 'connection poolers',
  C4: 'drivers',
  C5: 'consequences and other processes',
  C6: 'evidence in the text or the file',
  C7: 'managed services',
  C8: 'startup parameters of the client',
  C9: 'ALPN, direct TLS, proxies',
  L: 'translated messages',
  T: 'which end wrote it',
};

const causesIn = ({ input: { text, ...options } }: Case): readonly string[] =>
  diagnose(text, { ...options, toEnglish }).causes.map(({ id }) => id);

describe.skipIf(!there)('cases from problem reports', () => {
  afterAll(() => {
    for (const tried of new Set(known.map(classOf))) {
      const own = known.filter((one) => classOf(one) === tried);
      const isRight = (one: Case) => causesIn(one).join() === right[one.id]?.join();
      score({ target: 'public problem reports', tried, right: own.filter(isRight).length, of: own.length });
    }
  });
  const known = there ? read().filter(({ id }) => id in right) : [];
  test('are all judged', () => {
    const ids = read().flatMap(({ id, kind }) => (kind === 'diagnose' ? [id] : []));
    expect(ids.toSorted()).toEqual(Object.keys(right).toSorted());
  });
  test.each(known.map((one) => [one.id, one] as const))('%s', (id, one) =>
    expect([one.input.text, causesIn(one)]).toEqual([one.input.text, right[id]]),
  );
});
