import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { deltaOf, patched } from './delta.ts';
import { reused } from './reused.ts';
import { share, sharing } from './share.ts';

const data = fc.object({ maxDepth: 4, values: [fc.integer(), fc.string(), fc.boolean(), fc.constant(null)] });

describe('share', () => {
  it('is the value before, if they are equal', () =>
    fc.assert(fc.property(data, (value) => void expect(share(value, structuredClone(value))).toBe(value))));

  it('equals the value now, and changes neither', () =>
    fc.assert(
      fc.property(data, data, (before, now) => {
        const [was, is] = [structuredClone(before), structuredClone(now)];
        expect(share(before, now)).toEqual(now);
        expect(before).toEqual(was);
        expect(now).toEqual(is);
      }),
    ));

  it('takes over the equal parts', () => {
    const before = { list: [{ a: 1n }, { b: [2] }], other: 'text' };
    const now = share(before, { list: [{ a: 1n }, { b: [3] }, { c: 4 }], other: 'text' });
    expect(now).toEqual({ list: [{ a: 1n }, { b: [3] }, { c: 4 }], other: 'text' });
    expect(now.list[0]).toBe(before.list[0]);
  });

  it('tells a missing key from one that is undefined', () => {
    expect(Object.keys(share({ a: undefined }, {}))).toEqual([]);
    expect(Object.keys(share({ b: 1 }, { a: undefined }))).toEqual(['a']);
  });
});

describe('a delta', () => {
  it('leads from one value to the other, also when it is sent', () =>
    fc.assert(
      fc.property(data, data, (before, other) => {
        const now = share(before, other);
        expect(patched(before, structuredClone(deltaOf(before, now)))).toEqual(now);
        expect(patched(undefined, deltaOf(undefined, now))).toEqual(now);
      }),
    ));

  it('is nothing for the same value, and leaves the unchanged parts the same', () => {
    const before = { files: [{ text: 'a' }, { text: 'b' }, { text: 'c' }], plan: { name: 'x' } };
    expect(deltaOf(before, before)).toBeUndefined();
    const now = { ...before, files: [before.files[0], { text: 'B' }] };
    const after = patched(before, structuredClone(deltaOf(before, now))) as typeof before;
    expect(after).toEqual(now);
    expect(after.files[0]).toBe(before.files[0]);
    expect(after.plan).toBe(before.plan);
  });
});

describe('a reused function', () => {
  interface Model {
    readonly server: { readonly name: string; readonly port: number; readonly slot?: string };
    readonly clients: readonly string[];
  }
  const model: Model = { server: { name: 'db', port: 5432 }, clients: ['app'] };
  const counted = <R>(read: (model: Model) => R) => {
    let calls = 0;
    const call = reused((of: Model) => {
      calls += 1;
      return read(of);
    });
    return { call, calls: () => calls };
  };

  test.each<[string, (model: Model) => unknown, Model, number]>([
    ['an answer that it did not read', ({ server }) => server.port, { ...model, server: { name: 'x', port: 5432 } }, 1],
    ['an answer that it read', ({ server }) => server.port, { ...model, server: { name: 'db', port: 1 } }, 2],
    ['an equal list that is another one', ({ clients }) => clients.length, { ...model, clients: ['app'] }, 2],
    [
      'a key where it asked for one',
      ({ server }) => 'slot' in server,
      { ...model, server: { ...model.server, slot: 's' } },
      2,
    ],
    [
      'a key where it copied the object',
      ({ server }) => ({ ...server }),
      { ...model, server: { ...model.server, slot: 's' } },
      2,
    ],
    ['nothing', ({ server, clients }) => [server.name, ...clients], model, 1],
  ])('after a change of %s', (_, read, now, calls) => {
    const of = counted(read);
    expect(of.call(model)).toEqual(read(model));
    expect(of.call(now)).toEqual(read(now));
    expect(of.calls()).toBe(calls);
    // From then on it is compared with the last one.
    expect(of.call(now)).toEqual(read(now));
    expect(of.calls()).toBe(calls);
  });

  it('notes what a reused function within it read', () => {
    const inner = reused(({ server }: Model) => server.name);
    const of = counted((one) => inner(one).toUpperCase());
    expect([of.call(model), of.call({ ...model, server: { name: 'x', port: 5432 } })]).toEqual(['DB', 'X']);
    expect(of.call({ ...model, server: { name: 'y', port: 5432 } })).toBe('Y');
  });

  it('shares its results', () => {
    const of = sharing(reused(({ server }: Model) => [{ port: server.port }, { name: server.name }]));
    const before = of(model);
    const now = of({ ...model, server: { name: 'x', port: 5432 } });
    expect(now).toEqual([{ port: 5432 }, { name: 'x' }]);
    expect(now[0]).toBe(before[0]);
  });
});
