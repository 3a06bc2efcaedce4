import type { CatalogueSetting } from './catalogue.ts';

/**
 * Why the server of the given major rejects a value, in one clause; undefined if it accepts it. Texts are not checked:
 * the catalogue does not describe the syntax of a list of names or a path, or what depends on the machine.
 */
export function valueProblem(setting: CatalogueSetting, value: string, major: number): string | undefined {
  if (setting.context === 'internal') return 'this setting is read-only';
  switch (setting.type) {
    case 'bool':
      return parseBool(value) === undefined ? 'the value must be on or off' : undefined;
    case 'enum':
      return wordProblem(setting.words ?? [], value);
    case 'integer':
      return numberProblem(setting, value, major, integerOf(setting, value, major));
    case 'real':
      return numberProblem(setting, value, major, realOf(setting, value, major));
    case 'unshown':
      return unshown[setting.name]?.(value, major);
    default:
      return undefined;
  }
}

/** Old settings that `pg_settings` omits, and the values they still accept; other omitted settings are texts. */
const unshown: Readonly<Record<string, (value: string, major: number) => string | undefined>> = {
  default_with_oids: (value) => (parseBool(value) === false ? undefined : 'the value must be off'),
  is_superuser: () => 'this setting is read-only',
  ssl_renegotiation_limit: (value, major) =>
    integerOf({ name: 'ssl_renegotiation_limit', type: 'integer' }, value, major) === 0
      ? undefined
      : 'the value must be 0',
};

/** `parse_bool`: any unambiguous prefix of a word, case-insensitive. */
export function parseBool(value: string): boolean | undefined {
  const word = value.toLowerCase();
  if (word === '') return undefined;
  if ('true'.startsWith(word) || 'yes'.startsWith(word) || word === 'on' || word === '1') return true;
  if ('false'.startsWith(word) || 'no'.startsWith(word) || word === 'of' || word === 'off' || word === '0')
    return false;
  return undefined;
}

function wordProblem(words: readonly string[], value: string): string | undefined {
  const said = value.toLowerCase();
  if (words.some((word) => word.toLowerCase() === said)) return undefined;
  return `the value must be one of ${words.map((word) => (word === '' ? "''" : word)).join(', ')}`;
}

/** In whole banks (`check_slru_buffers`, 17+). */
const wholeBanks = (value: number) => (value % 16 === 0 ? undefined : 'the value must be a multiple of 16 pages');

/** Checks of the server's check hooks beyond the range of a setting. */
const beyondRange: Readonly<Record<string, (value: number) => string | undefined>> = {
  commit_timestamp_buffers: wholeBanks,
  multixact_member_buffers: wholeBanks,
  multixact_offset_buffers: wholeBanks,
  notify_buffers: wholeBanks,
  serializable_buffers: wholeBanks,
  subtransaction_buffers: wholeBanks,
  transaction_buffers: wholeBanks,
  io_max_concurrency: (value) => (value === 0 ? 'the value must be -1 or greater than 0' : undefined),
  vacuum_buffer_usage_limit: (value) =>
    value === 0 || value >= 128 ? undefined : 'the value must be 0, or 128 kB to 16 GB',
};

/**
 * The result of reading a number: a value in the setting's own unit, a unit that it does not accept, or not a number.
 */
type Read = number | 'unit' | 'not-a-number';

function numberProblem(
  { name, type, unit, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: CatalogueSetting,
  value: string,
  major: number,
  read: Read,
): string | undefined {
  if (read === 'not-a-number') return `the value must be ${type === 'integer' ? 'an integer' : 'a number'}`;
  if (read === 'unit') {
    const taken = unit === undefined || (type === 'real' && major < 12) ? [] : [...unitsOf(unit, major).keys()];
    return taken.length > 0 ? `the unit must be one of ${taken.join(', ')}` : 'this setting has no unit';
  }
  if (read >= least && read <= most) return beyondRange[name]?.(read);
  const bounds = `${least} to ${most}`;
  return `${value.trim()} is outside the valid range of ${bounds}${unit ? ` (in units of ${unit})` : ''}`;
}

/** The value of a number in the setting's own unit; undefined if the server does not read it as a number. */
export function settingNumber(setting: CatalogueSetting, value: string, major: number): number | undefined {
  const read =
    setting.type === 'integer'
      ? integerOf(setting, value, major)
      : setting.type === 'real'
        ? realOf(setting, value, major)
        : 'unit';
  return typeof read === 'number' ? read : undefined;
}

/** `parse_int`: C's `strtol` with any base, since 12 also `strtod`, then a unit. */
function integerOf({ unit }: CatalogueSetting, value: string, major: number): Read {
  const whole = /^[ \t\n\v\f\r]*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)/.exec(value);
  let number = whole ? (whole[1] === '-' ? -1 : 1) * cInteger(whole[2] ?? '') : Number.NaN;
  let rest = whole ? value.slice(whole[0].length) : value;
  if (major >= 12 && (/^[.eE]/.test(rest) || Math.abs(number) > 2 ** 63)) {
    const real = strtod(value);
    if (!real) return 'not-a-number';
    [number, rest] = real;
  } else if (!whole) return 'not-a-number';
  if (Number.isNaN(number)) return 'not-a-number';
  if (major < 12 && (number > 2 ** 31 - 1 || number < -(2 ** 31))) return 'not-a-number';
  const scaled = inUnit(number, rest, unit, major);
  return typeof scaled === 'number' ? rint(scaled) : scaled;
}

const cInteger = (digits: string): number => (/^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits));

/** `parse_real`: `strtod`, since 12 with a unit. */
function realOf({ unit }: CatalogueSetting, value: string, major: number): Read {
  const real = strtod(value);
  if (!real) return 'not-a-number';
  return inUnit(real[0], real[1], major < 12 ? undefined : unit, major);
}

const HEXADECIMAL =
  /^[ \t\n\v\f\r]*([-+]?)0[xX](?=\.?[0-9a-fA-F])([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?(?:[pP]([-+]?[0-9]+))?/;
const DECIMAL = /^[ \t\n\v\f\r]*([-+]?)((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)/;

/** C's `strtod` (no setting accepts infinity): the number and the text after it. */
function strtod(value: string): readonly [number, string] | undefined {
  const hexadecimal = HEXADECIMAL.exec(value);
  const found = hexadecimal ?? DECIMAL.exec(value);
  if (!found) return undefined;
  const [all, sign, whole = '', fraction = '', power = '0'] = found;
  const size = hexadecimal
    ? Number(`0x0${whole}${fraction}`) * 2 ** (Number(power) - 4 * fraction.length)
    : Number(whole);
  return Number.isFinite(size) ? [sign === '-' ? -size : size, value.slice(all.length)] : undefined;
}

/** `rint`: rounds to the nearest integer, halves to the even one. */
const rint = (value: number): number => {
  const down = Math.floor(value);
  const odd = Math.abs(down % 2) === 1;
  return value - down < 0.5 || (value - down === 0.5 && !odd) ? down : down + 1;
};

function inUnit(number: number, rest: string, base: string | undefined, major: number): Read {
  const word = rest.trim();
  if (word === '') return number;
  if (/\s/.test(word)) return 'not-a-number';
  const units = base === undefined ? undefined : unitsOf(base, major);
  const factor = units?.get(word);
  if (factor === undefined) return 'unit';
  // Before 12, whole numbers are divided, and the remainder is dropped.
  if (major < 12) return Math.trunc(number * factor);
  const scaled = number * factor;
  const smaller = [...(units ?? [])].filter(([, one]) => one < factor).sort((a, b) => b[1] - a[1])[0];
  return smaller ? rint(scaled / smaller[1]) * smaller[1] : scaled;
}

const MEMORY = { TB: 2 ** 40, GB: 2 ** 30, MB: 2 ** 20, kB: 2 ** 10, B: 1 };
const TIME = { d: 86_400e6, h: 3600e6, min: 60e6, s: 1e6, ms: 1e3, us: 1 };

/** The units that a setting accepts, with the size of each in its own unit. Microseconds exist since 12. */
function unitsOf(base: string, major: number): ReadonlyMap<string, number> {
  const [, times = '', name = ''] = /^([0-9]*)([A-Za-z]+)$/.exec(base) ?? [];
  const table: Readonly<Record<string, number>> = name.endsWith('B') ? MEMORY : TIME;
  const own = (table[name] ?? 1) * Number(times || 1);
  return new Map(
    Object.entries(table)
      .filter(([word]) => major >= 12 || word !== 'us')
      .map(([word, size]) => [word, size / own]),
  );
}
