export const vpnMessages = {} as const;
