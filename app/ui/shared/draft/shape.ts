import planShape from 'virtual:plan-shape';
import type { Shape, ShapeOfGroup } from '../../../core/index.ts';
import type { Draft } from './draft.ts';

/** Whether the forms can show a value as a plan. It does not validate the answers: `parsePlan` does. */
export const isDraft = (value: unknown): value is Draft => fits(value, planShape);

function fits(value: unknown, shape: Shape): boolean {
  if (shape === 'text') return typeof value === 'string';
  if (shape === 'boolean') return typeof value === 'boolean';
  // A number that is still being typed is text.
  if (shape === 'number') return typeof value === 'number' || typeof value === 'string';
  if (isGroup(shape))
    return (
      typeof value === 'object' &&
      value !== null &&
      Object.entries(shape).every(
        ([name, field]) => Object.hasOwn(value, name) && fits((value as Record<string, unknown>)[name], field),
      )
    );
  if (shape[0] === '?') return value === null || fits(value, shape[1]);
  if (shape[0] === '*') return Array.isArray(value) && value.every((entry) => fits(entry, shape[1]));
  if (shape[0] === '|') {
    const [, ...shapes] = shape;
    return shapes.some((one) => fits(value, one));
  }
  const [, ...words] = shape;
  return words.some((word) => word === value);
}

const isGroup = (shape: Exclude<Shape, string>): shape is ShapeOfGroup => !Array.isArray(shape);
