export const findingMessages = {} as const;
