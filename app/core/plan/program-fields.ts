import { type Check, checkText, problem, shown } from './text.ts';

/** A public key as `ssh-keygen -y` and files in /etc/ssh write it; the comment is removed. */
export const checkSshKey: Check = (value) => {
  if (sshKey.exec(value)?.[0] === value)
    return starts.some(([type, start, length]) => value.startsWith(`${type} ${start}`) && fits(value, type, length))
      ? undefined
      : problem('ssh.keyData', { value: shown(value) });
  const [start] = /^\S+ +\S+/.exec(value.trim()) ?? [];
  const fix = start?.replace(/ +/, ' ');
  return fix !== undefined && sshKey.exec(fix)?.[0] === fix
    ? problem('ssh.keyComment', { value: shown(value) }, fix)
    : problem('ssh.key', { value: shown(value) });
};

const sshKey =
  /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com) [A-Za-z0-9+/]{40,1400}={0,2}/;

/**
 * The bytes after the type repeat it (RFC 4253 6.6), so each type's base64 starts the same; if its length is fixed, the
 * length bytes too.
 */
const starts: readonly (readonly [type: string, start: string, length?: number])[] = [
  ['ssh-ed25519', 'AAAAC3NzaC1lZDI1NTE5AAAAI', 68],
  ['ssh-rsa', 'AAAAB3NzaC1yc2EA'],
  ['ecdsa-sha2-nistp256', 'AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABB', 140],
  ['ecdsa-sha2-nistp384', 'AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABh', 184],
  ['ecdsa-sha2-nistp521', 'AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACF', 232],
  ['sk-ssh-ed25519@openssh.com', 'AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAI'],
];

const fits = (value: string, type: string, length: number | undefined) => {
  const base64 = value.length - type.length - 1;
  return base64 % 4 === 0 && (length === undefined || base64 === length);
};

/** Names of key exchange groups as OpenSSL lists them, separated by colons (SSL_CTX_set1_groups_list(3)). */
export const checkTlsGroups: Check = (value) =>
  /^[A-Za-z0-9_-]{1,40}(:[A-Za-z0-9_-]{1,40}){0,15}$/.test(value)
    ? undefined
    : problem('tls.groups', { value: shown(value) });

/** `log_line_prefix`: visible text with the escapes of the manual, 19.8.3. */
export const checkLinePrefix: Check = (value) =>
  checkText(200)(value) ??
  (/^([^%]|%-?[0-9]*[abcdehilLmnpPqQrstuvx%])*$/.test(value)
    ? undefined
    : problem('log.prefix', { value: shown(value) }));
