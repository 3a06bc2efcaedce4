export const bastionMessages = {} as const;
