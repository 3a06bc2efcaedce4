import planShape from 'virtual:plan-shape';
import type { Shape } from '../../../core/index.ts';
import type { Draft } from './draft.ts';

/** Whether the forms can show a value as a plan. It does not validate the answers: `parsePlan` does. */
export const isDraft = (value: unknown): value is Draft => fits(value, planShape);

function fits(value: unknown, shape: Shape): boolean {
  if (shape === 'text') return typeof value === 'string';
  if (shape === 'boolean') return typeof value === 'boolean';
  // A number that is still being typed is text.
  if (shape === 'number') return typeof value === 'number' || typeof value === 'string';
  if ('only' in shape) return shape.only.some((word) => word === value);
  if ('nullable' in shape) return value === null || fits(value, shape.nullable);
  if ('list' in shape) return Array.isArray(value) && value.every((entry) => fits(entry, shape.list));
  if ('either' in shape) return shape.either.some((one) => fits(value, one));
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(shape.group).every(
      ([name, field]) => Object.hasOwn(value, name) && fits((value as Record<string, unknown>)[name], field),
    )
  );
}
