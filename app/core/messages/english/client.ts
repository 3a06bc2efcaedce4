export const clientMessages = {} as const;
