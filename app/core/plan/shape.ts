import type * as z from 'zod/mini';
import { planSchema } from './schema.ts';

/** The structure of a value of the plan, as data: what a form needs to show the value, valid or not. */
export type Shape =
  | 'text'
  | 'number'
  | 'boolean'
  | { readonly only: readonly (string | number)[] }
  | { readonly nullable: Shape }
  | { readonly list: Shape }
  | { readonly either: readonly Shape[] }
  /** An object with these fields. */
  | { readonly group: Readonly<Record<string, Shape>> };

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
      return { only: def.values.filter(isWord) };
    case 'enum':
      return { only: Object.values(def.entries) };
    case 'nullable':
      return { nullable: shapeOf(def.innerType) };
    case 'array':
      return { list: shapeOf(def.element) };
    case 'union':
      return { either: def.options.map(shapeOf) };
    case 'object':
      return {
        group: Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, shapeOf(field)])),
      };
    default:
      throw new Error(`The shape of "${def.type}" in the plan's schema is not defined.`);
  }
}

const isWord = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
