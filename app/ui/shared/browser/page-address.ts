/** The address of the page, without query and fragment. `location.origin` does not say where a file is. */
export const pageAddress = (): string => location.href.replace(/[?#].*$/s, '');
