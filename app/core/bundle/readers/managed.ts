import { type Sh, sh } from '../../quote/sh.ts';

/** Commands for a machine where systemd runs. In a container it may be missing. */
export const managed = (commands: Sh): Sh => sh`if systemd_runs; then ${commands}; fi`;
