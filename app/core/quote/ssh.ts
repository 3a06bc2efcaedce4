import { type Quoted, template } from './template.ts';

export type Ssh = Quoted<'ssh'>;

/** A line or a piece of `sshd_config` or `ssh_config`. */
export const ssh = template<'ssh'>();

/** An argument without blanks, quotes, patterns or `%` tokens. The plan's door admits nothing else for SSH names. */
export function sshWord(value: string): Ssh {
  if (!/^[A-Za-z0-9_.:@/~[\]-]+$/.test(value)) throw new Error(`sshd_config cannot hold ${JSON.stringify(value)}`);
  return value as Ssh;
}
