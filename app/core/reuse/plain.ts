/** An object of data, as opposed to an array, a function or an instance of a class. */
export type Plain = Readonly<Record<PropertyKey, unknown>>;

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
