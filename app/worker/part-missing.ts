/** What a worker throws if a part of it could not be loaded; only the message of an error is passed to the page. */
export const PART_MISSING = 'a part of Postern could not be loaded';
