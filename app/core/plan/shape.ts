import type * as z from 'zod/mini';
import { planSchema } from './schema.ts';

/**
 * The structure of a value of the plan, as data: what a form needs to show the value, valid or not. It is part of the
 * first screen, so it is short.
 */
export type Shape =
  | 'text'
  | 'number'
  | 'boolean'
  /** One of these words. */
  | readonly ['=', ...(string | number)[]]
  /** The shape, or null. */
  | readonly ['?', Shape]
  /** A list of the shape. */
  | readonly ['*', Shape]
  /** One of these shapes. */
  | readonly ['|', ...Shape[]]
  | ShapeOfGroup;

/** An object with these fields. */
export interface ShapeOfGroup {
  readonly [field: string]: Shape;
}

/** The structure of a plan, derived from its schema. JSON, so that a build can pass it to a page without the schema. */
export const planShape = (): Shape => shapeOf(planSchema);

function shapeOf(schema: z.core.$ZodType): Shape {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'literal':
      return ['=', ...def.values.filter(isWord)];
    case 'enum':
      return ['=', ...Object.values(def.entries)];
    case 'nullable':
      return ['?', shapeOf(def.innerType)];
    case 'array':
      return ['*', shapeOf(def.element)];
    case 'union':
      return ['|', ...def.options.map(shapeOf)];
    case 'object':
      return Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, shapeOf(field)]));
    default:
      throw new Error(`The shape of "${def.type}" in the plan's schema is not defined.`);
  }
}

const isWord = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
