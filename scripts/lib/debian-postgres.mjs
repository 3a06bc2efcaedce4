import { join } from 'node:path';
import { unpacked, withLibraries } from './debian-folders.mjs';
import { repository } from './repository.mjs';

/**
 * PostgreSQL from Debian's packages, which include what the npm packages are built without: LDAP, GSSAPI and PAM. Each
 * is unpacked with its libraries into its own folder, and nothing is installed.
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
    preferences: 'Package: postgresql-* libpq5\nPin: release a=experimental\nPin-Priority: 990\n',
    edition: 'with PAM modules',
    choose: (apt) =>
      withLibraries(apt, [`postgresql-${major}`, `postgresql-client-${major}`, 'dash', 'libpam-modules']),
  });
