import { type MessageId, say } from '../messages/message.ts';
import { shown } from '../plan/text.ts';
import { MAJORS } from '../postgres/release.ts';
import type { Failure, Issue } from '../result.ts';

/** Checks one argument. `path` names it in the issue. */
export type Check = (value: unknown, path: string) => readonly Issue[];

/**
 * A public function. A caller whose arguments have the declared types gets the value; any other caller gets a `Failure`
 * that names each wrong argument.
 */
export interface Guarded<Input extends readonly unknown[], Value> {
  (...input: Input): Value;
  (...input: readonly unknown[]): Value | Failure;
}

/** Puts checks before a function, one per argument and named after it. */
export function guarded<Input extends readonly unknown[], Value>(
  call: (...input: Input) => Value,
  checks: Readonly<Record<string, Check>>,
): Guarded<Input, Value> {
  const all = Object.entries(checks);
  return (...input: readonly unknown[]) => {
    let issues: readonly Issue[] | undefined;
    for (let at = 0; at < all.length; at++) {
      const [path = '', check] = all[at] ?? [];
      const found = check?.(input[at], path) ?? none;
      if (found.length > 0) issues = [...(issues ?? none), ...found];
    }
    // The checks have ensured that the arguments have their types.
    return (issues ? { ok: false, issues } : call(...(input as unknown as Input))) as Value;
  };
}

const none: readonly Issue[] = [];

function issue(
  id: MessageId,
  path: string,
  value: unknown,
  more: Readonly<Record<string, string | number>> = {},
): Issue[] {
  const { text, values } = say(id, { path, value: shown(value), ...more });
  return [{ path, message: text, id, values }];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text: Check = (value, path) => (typeof value === 'string' ? none : issue('input.text', path, value));

const isTrueOrFalse: Check = (value, path) => (typeof value === 'boolean' ? none : issue('input.boolean', path, value));

export const listOfText: Check = (value, path) =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? none : issue('input.list', path, value);

export const oneOf =
  (...choices: readonly string[]): Check =>
  (value, path) =>
    choices.includes(value as string) ? none : issue('input.choice', path, value, { choices: choices.join(', ') });

const majors = new Set<unknown>(MAJORS);

export const major: Check = (value, path) =>
  majors.has(value) ? none : issue('input.major', path, value, { choices: MAJORS.join(', ') });

/** An object whose listed properties pass their checks. */
export const objectOf =
  (properties: Readonly<Record<string, Check>>): Check =>
  (value, path) =>
    isObject(value)
      ? Object.entries(properties).flatMap(([name, check]) => check(value[name], `${path}.${name}`))
      : issue('input.object', path, value);

/** An array whose members pass a check. */
export const listOf =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value) ? value.flatMap((one, at) => check(one, `${path}.${at}`)) : issue('input.array', path, value);

/** May be absent. */
export const optional =
  (check: Check): Check =>
  (value, path) =>
    value === undefined ? none : check(value, path);

/** File names mapped to file contents, as `SideFiles`. */
export const sideFiles: Check = (value, path) =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, content]) => text(content, `${path}.${name}`))
    : issue('input.object', path, value);

export const parsedHba: Check = (value, path) =>
  isObject(value) && majors.has(value.major) && Array.isArray(value.records) && Array.isArray(value.refused)
    ? none
    : issue('input.hba', path, value);

export const parsedConf: Check = (value, path) =>
  isObject(value) && Array.isArray(value.lines) && Array.isArray(value.problems)
    ? none
    : issue('input.conf', path, value);

export const parsedHosts: Check = (value, path) =>
  isObject(value) && Array.isArray(value.lines) && Array.isArray(value.entries) && Array.isArray(value.problems)
    ? none
    : issue('input.hosts', path, value);

/** The text of a file, or the parsed file. */
export const textOr =
  (parsed: Check): Check =>
  (value, path) =>
    typeof value === 'string' ? none : parsed(value, path);

export { issue, isTrueOrFalse as boolean };
