export const postgresMessages = {} as const;
