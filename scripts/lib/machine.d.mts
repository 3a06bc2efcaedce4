/** What the tests must not change on the machine, by part, in lines. */
export type Machine = Readonly<Record<string, readonly string[]>>;
export function machine(): Promise<Machine>;
export function differences(before: Machine, after: Machine): string[];
