import type { SideFiles } from '../postgres/side-files.ts';
import type { Client, Plan } from './schema.ts';

/** A directory in which PostgreSQL logs in before it searches for the user. */
export interface DirectoryBind {
  /** The host name of the LDAP server, in lower case. */
  readonly server: string;
  readonly dn: string;
  /** The plan path of the bind DN of the first client that uses it. */
  readonly path: string;
}

/** One for each LDAP server: clients of the same server have the same bind DN. */
export function directoryBinds(clients: readonly Pick<Client, 'auth'>[]): DirectoryBind[] {
  const found = new Map<string, DirectoryBind>();
  for (const [index, { auth }] of clients.entries()) {
    if (auth.method !== 'ldap' || auth.bind.kind !== 'search' || auth.bind.bindDn === null) continue;
    const server = auth.server.toLowerCase();
    if (!found.has(server))
      found.set(server, { server, dn: auth.bind.bindDn, path: `clients.${index}.auth.bind.bindDn` });
  }
  return [...found.values()];
}

const FOLDER = 'postern-ldap';

/**
 * The file with the password of the bind DN, as `pg_hba.conf` names it: `@FILE` is replaced by the tokens in that file
 * (`hba.c`, next_field_expand), so that no other file, no difference between two files and no line of the server log has
 * the password. It is outside the data directory, which is copied to replicas and backups; in a container and on Windows
 * it is below the directory of pg_hba.conf, which a relative name starts from. Servers that share a machine may have other
 * bind DNs.
 */
export function bindPasswordFile({ platform, cluster }: Plan['server'], server: string): string {
  const name = `${FOLDER}/${cluster}/${server.toLowerCase()}`;
  return platform === 'docker' || platform === 'windows' ? name : `/etc/${name}`;
}

/** Replaces a password wherever the text of such a file is needed and the password is not. */
export const HIDDEN = '***';

/** The password files of a plan, as far as they matter for what the records mean. */
export const bindPasswordFiles = ({ server, clients }: Plan): SideFiles =>
  Object.fromEntries(
    directoryBinds(clients).map((bind) => [bindPasswordFile(server, bind.server), `ldapbindpasswd=${HIDDEN}`]),
  );
