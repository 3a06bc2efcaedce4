import { sh } from '../quote/sh.ts';

/** Ends a script that somebody else than root runs. */
export const rootOnly = sh`if [ "$(id -u)" -ne 0 ]; then echo 'Run this as root: sudo bash, then the name of this file.' >&2; exit 1; fi`;
