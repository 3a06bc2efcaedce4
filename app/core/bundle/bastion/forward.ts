/**
 * The local port of the SSH forward to the database: above the well-known ones, and not PostgreSQL's own, which may be
 * in use.
 */
export const LOCAL_FORWARD_PORT = 15432;

/** The local end of the forward. */
export const LOCAL_FORWARD_ADDRESS = '127.0.0.1';

/** The alias in `ssh_config` that opens the forward. */
export const SSH_ALIAS = 'postern-database';

/** The alias with which administrators reach the server's own SSH. */
export const ADMIN_ALIAS = 'postern-server';

/** The name of pinned host keys, independent of the name or address by which the bastion is reached. */
export const HOST_KEY_ALIAS = 'postern-bastion';
