import type { ClientAccess } from './model.ts';

/** A map in pg_ident.conf: each identity may log in as each role. */
export interface IdentityMap {
  readonly name: string;
  readonly identities: readonly string[];
  readonly roles: readonly string[];
  readonly path: string;
}

/**
 * The map of a client, or undefined if it needs none. Each client has its own: in a shared map, a user of one client
 * could log in as a role that only another client's users may have.
 */
export function identityMap({ client: { auth, roles }, slug, path }: ClientAccess): IdentityMap | undefined {
  if (auth.method !== 'oauth' || auth.mapping.kind !== 'map') return undefined;
  return { name: `postern-${slug}`, identities: auth.mapping.identities, roles, path: `${path}.auth.mapping` };
}
