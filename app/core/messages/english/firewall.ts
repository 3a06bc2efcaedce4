export const firewallMessages = {} as const;
