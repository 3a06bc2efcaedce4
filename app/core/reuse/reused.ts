import { isPlain, type Plain } from './plain.ts';

/** What a function has read of an object of its argument. */
interface Reading {
  /** The object now. */
  of: Plain;
  /** Stands for the object, and notes what is read. */
  readonly view: object;
  readonly values: Map<PropertyKey, unknown>;
  /** Objects of data in it, read in turn. */
  readonly nested: Map<PropertyKey, Reading>;
  /** Its keys, if the function asked for them. */
  keys?: readonly PropertyKey[];
}

/**
 * A function that returns its last result again while everything that it read of its argument is identical. What is read is
 * noted for each property of the argument and of objects in it; an array is one value. So arguments must share their
 * unchanged parts (`share`), and the function must not return an object of its argument, or hold it for later.
 */
export function reused<A extends object, R>(make: (of: A) => R): (of: A) => R {
  let last: { readonly reading: Reading; readonly result: R } | undefined;
  return (of) => {
    if (last && isStill(last.reading, of as Plain)) return last.result;
    const reading = readingOf(of as Plain);
    const result = make(reading.view as A);
    last = { reading, result };
    return result;
  };
}

function readingOf(of: Plain): Reading {
  const reading: Reading = { of, view: viewOf(() => reading), values: new Map(), nested: new Map() };
  return reading;
}

/** The target is empty, because a proxy must return the very values of a frozen one. */
const viewOf = (reading: () => Reading): object =>
  new Proxy(
    {},
    {
      get: (_, key) => read(reading(), key),
      has: (_, key) => key in noteKeys(reading()),
      ownKeys: (_) => Reflect.ownKeys(noteKeys(reading())),
      getOwnPropertyDescriptor: (_, key) =>
        Object.hasOwn(noteKeys(reading()), key)
          ? { value: read(reading(), key), enumerable: true, configurable: true, writable: false }
          : undefined,
    },
  );

function read(reading: Reading, key: PropertyKey): unknown {
  const known = reading.nested.get(key);
  if (known) return known.view;
  const value = reading.of[key];
  if (!isPlain(value)) {
    reading.values.set(key, value);
    return value;
  }
  const nested = readingOf(value);
  reading.nested.set(key, nested);
  return nested.view;
}

function noteKeys(reading: Reading): Plain {
  reading.keys ??= Reflect.ownKeys(reading.of);
  return reading.of;
}

/** Whether everything that was read of the object is the same in another; then that one takes its place. */
function isStill(reading: Reading, now: Plain): boolean {
  if (reading.of === now) return true;
  for (const [key, value] of reading.values) if (!Object.is(now[key], value)) return false;
  if (reading.keys) {
    const keys = Reflect.ownKeys(now);
    if (keys.length !== reading.keys.length || reading.keys.some((key, index) => key !== keys[index])) return false;
  }
  for (const [key, nested] of reading.nested) {
    const value = now[key];
    if (!isPlain(value) || !isStill(nested, value)) return false;
  }
  reading.of = now;
  return true;
}
