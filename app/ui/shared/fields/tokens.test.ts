import { describe, expect, it } from 'vitest';
import { endsEntry, isMany, splitPasted } from './tokens.ts';

describe('pasting addresses', () => {
  it('splits on commas, blanks, semicolons and line breaks, each entry once', () => {
    const pasted = '10.0.0.0/8, 192.168.1.0/24\n2001:db8::/32;10.0.0.0/8\r\n';
    expect(splitPasted(pasted, [], 'addresses')).toEqual(['10.0.0.0/8', '192.168.1.0/24', '2001:db8::/32']);
  });

  it('leaves out what the list already has, and the quotes of a script', () => {
    expect(splitPasted(`"10.0.0.0/8", '10.1.0.0/16'`, ['10.0.0.0/8'], 'addresses')).toEqual(['10.1.0.0/16']);
  });

  it('keeps what is not an address, so that nothing pasted is lost', () => {
    expect(splitPasted('10.0.0.0/33 office', [], 'addresses')).toEqual(['10.0.0.0/33', 'office']);
  });
});

describe('pasting names', () => {
  it('splits on blanks if there are no commas or line breaks', () => {
    expect(splitPasted('app web', [], 'names')).toEqual(['app', 'web']);
  });

  it('keeps blanks inside names if commas or line breaks separate them', () => {
    expect(splitPasted('Sales Team, app', [], 'names')).toEqual(['Sales Team', 'app']);
    expect(splitPasted('Sales Team\napp\n', [], 'names')).toEqual(['Sales Team', 'app']);
  });
});

it('treats a single pasted entry as typed', () => {
  expect(isMany('10.0.0.0/8', 'addresses')).toBe(false);
  expect(isMany(' 10.0.0.0/8\n', 'addresses')).toBe(false);
  expect(isMany('10.0.0.0/8 10.1.0.0/16', 'addresses')).toBe(true);
});

it('ends an address with comma, blank or Enter, and a name with Enter only', () => {
  expect(['Enter', ',', ' '].map((key) => endsEntry(key, 'addresses'))).toEqual([true, true, true]);
  expect(['Enter', ',', ' '].map((key) => endsEntry(key, 'names'))).toEqual([true, false, false]);
});
