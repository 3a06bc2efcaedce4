import { join } from 'node:path';
import { unpacked, withLibraries } from './debian-folders.mjs';
import { repository } from './repository.mjs';

/**
 * PostgreSQL from Debian's packages, which include what the npm packages are built without: LDAP, GSSAPI, PAM and OAuth.
 * Each is unpacked with its libraries into its own folder, and nothing is installed.
 */
const suitesOf = {
  13: ['bullseye'],
  15: ['bookworm'],
  17: ['trixie'],
  18: ['sid'],
  // It comes from experimental, its libraries from sid.
  19: ['sid', 'experimental'],
};

/**
 * The servers that are available here, by major: `{ root }`, the folder to change root into, or `{ missing }` with the
 * reason. Files unpacked by an earlier run are reused.
 */
export async function debianPostgres() {
  const found = {};
  for (const major of Object.keys(suitesOf)) found[major] = await debianServer(major);
  return found;
}

/** One of them. */
export const debianServer = (major) =>
  unpacked(join(repository, '.tools/debian-postgres', String(major)), {
    what: `PostgreSQL ${major}`,
    suites: suitesOf[major],
    preferences: 'Package: postgresql-* libpq5 libpq-oauth\nPin: release a=experimental\nPin-Priority: 990\n',
    edition: hasOauth(major) ? 'with OAuth' : 'with PAM modules',
    choose: async (apt) => {
      const server = [`postgresql-${major}`, `postgresql-client-${major}`, 'dash', 'libpam-modules'];
      if (!hasOauth(major)) return withLibraries(apt, server);
      // The headers for a validator module, without the compiler that the package depends on.
      return [...(await withLibraries(apt, [...server, 'libpq-oauth'])), `postgresql-server-dev-${major}`];
    },
  });

/** PostgreSQL 18 and later accept OAuth logins, and their libpq makes them with the library libpq-oauth. */
const hasOauth = (major) => Number(major) >= 18;
