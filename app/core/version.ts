/** What made a file, as its header states it. Equal to the version in package.json, which a test holds. */
export const VERSION = '0.1.0';
