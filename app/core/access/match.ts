import { contains, type Prefix } from '../net/prefix.ts';
import type { Grant } from './model.ts';

/** A connection as pg_hba.conf sees it. */
export interface Attempt {
  readonly encryption: 'none' | 'tls';
  /** null: the local socket. */
  readonly address: Prefix | null;
  readonly database: string;
  readonly role: string;
  /** Physical replication, which names no database. */
  readonly replication: boolean;
}

/** The first grant that catches the attempt, as PostgreSQL's first match; undefined where none does. */
export const firstMatch = (grants: readonly Grant[], attempt: Attempt): Grant | undefined =>
  grants.find((grant) => matches(grant, attempt));

function matches(grant: Grant, { encryption, address, database, role, replication }: Attempt): boolean {
  const typed =
    grant.connection === 'local'
      ? address === null
      : address !== null &&
        (grant.connection === 'host' || (grant.connection === 'hostssl') === (encryption === 'tls')) &&
        (grant.address === 'all' || (grant.address !== null && contains(grant.address, address)));
  const toDatabase = grant.databases.some((token) =>
    replication
      ? token.kind === 'replication'
      : token.kind === 'all' || (token.kind === 'name' && token.name === database),
  );
  return typed && toDatabase && grant.roles.some((token) => token.kind === 'all' || token.name === role);
}

/** The start of what PostgreSQL tells a client that this decision refuses; undefined where it may try to log in. */
export function refusal(decision: Grant | undefined, { address, replication }: Attempt): string | undefined {
  const host = address === null ? 'host "[local]"' : 'host "';
  if (!decision)
    return replication
      ? `no pg_hba.conf entry for replication connection from ${host}`
      : `no pg_hba.conf entry for ${host}`;
  if (decision.method !== 'reject') return undefined;
  return replication
    ? `pg_hba.conf rejects replication connection for ${host}`
    : `pg_hba.conf rejects connection for ${host}`;
}
