import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressText, contains, type Family, network, type Prefix, prefixText, width } from '../../net/prefix.ts';
import { parseHba } from '../../postgres/hba/hba.ts';
import { decide } from '../decide.ts';
import { sourcesOf } from './columns.ts';
import '../../testing/seed.ts';

/** Networks that are often nested. */
const networks = (family: Family) =>
  fc
    .tuple(fc.constantFrom(0x0an, 0x0bn, 0x7fn, 0xffn), fc.nat(255), fc.nat({ max: 32 }))
    .map(([top, next, length]): Prefix => {
      const bits = ((top << 24n) | (BigInt(next) << 16n) | BigInt(next)) << BigInt(width(family) - 32);
      return network({ family, bits, length: width(family) }, length);
    });

test.each([4, 6] as const)(
  'every IPv%s address is in exactly one source, that of the narrowest network that contains it',
  (family) => {
    fc.assert(
      fc.property(fc.array(networks(family), { maxLength: 12 }), fc.boolean(), (given, sparse) => {
        const mask = sparse && family === 4 ? 'host all all 10.0.0.0 255.0.255.0 trust\n' : '';
        const hba = parseHba(mask + given.map((one) => `host all all ${prefixText(one)} trust\n`).join(''), {
          major: 18,
        });
        const sources = sourcesOf(
          hba.records.map(({ record }) => record),
          family,
        );
        const all = sources.flatMap(({ addresses }) => addresses).toSorted((a, b) => (a.first < b.first ? -1 : 1));
        expect(all[0]?.first).toBe(0n);
        expect(all.at(-1)?.last).toBe((1n << BigInt(width(family))) - 1n);
        for (const [at, { first }] of all.entries()) if (at > 0) expect(first).toBe((all[at - 1]?.last ?? 0n) + 1n);

        const loopback = network(
          { family, bits: family === 4 ? 127n << 24n : 1n, length: width(family) },
          family === 4 ? 8 : 128,
        );
        const named = [...given.filter(({ length }) => length > 0), loopback];
        const matched = (address: Prefix) =>
          hba.records.map(
            (placed) =>
              decide(
                { ...hba, records: [placed] },
                {
                  transport: 'tcp',
                  encryption: 'none',
                  address: addressText(address),
                  database: 'a',
                  user: 'a',
                  roles: [],
                  replication: false,
                },
              ).outcome,
          );
        for (const { network: name, addresses } of sources) {
          const ends = addresses.flatMap(({ first, last }) => [first, last]);
          const points = ends.map((bits): Prefix => ({ family, bits, length: width(family) }));
          for (const point of points) {
            const [narrowest] = named.filter((one) => contains(one, point)).toSorted((a, b) => b.length - a.length);
            expect(name).toBe(narrowest ? prefixText(narrowest) : null);
            expect(matched(point)).toEqual(matched(points[0] ?? point));
          }
        }
      }),
    );
  },
);
