/** Needs the catalogue of settings, which the start page does not. */
export { readShownSettings } from '../../../core/index.ts';
