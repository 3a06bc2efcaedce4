export const tlsMessages = {} as const;
