/** Characters a fragment may have, and bytes that it may unpack to. */
export const LINK_LIMITS = { characters: 65_536, bytes: 1_048_576 } as const;
