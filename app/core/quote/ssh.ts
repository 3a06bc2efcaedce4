import { lineComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Ssh = Quoted<'ssh'>;

/** A line or a piece of `sshd_config`, `ssh_config` or `known_hosts`. */
export const ssh = template<'ssh'>();

export const sshComment = lineComment<'ssh'>('#');

/**
 * A host, an address with its port, an account or a group. Left out is all that means something to ssh or sshd beyond
 * itself (ssh_config(5), TOKENS, ENVIRONMENT VARIABLES, PATTERNS): `%`, `$`, `~`, quotes, `*`, `?`, `!`, commas, blanks, `#`.
 * Plan validation admits nothing else for SSH names.
 */
export function sshWord(value: string): Ssh {
  if (!/^[A-Za-z0-9_.:[][A-Za-z0-9_.:[\]-]*$/.test(value))
    throw new Error(`ssh cannot be given ${JSON.stringify(value)}`);
  return value as Ssh;
}

/** A public key: its type and its base64, as a line of `known_hosts` holds them behind the host. */
export function sshKey(value: string): Ssh {
  if (!/^[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2}$/.test(value))
    throw new Error(`${JSON.stringify(value)} is not a public key`);
  return value as Ssh;
}
