/** The element id of the field for a plan path. */
export const fieldId = (path: string): string => `at-${path.replaceAll('.', '-')}`;
