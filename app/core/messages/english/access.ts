export const accessMessages = {} as const;
