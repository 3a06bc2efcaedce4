import { chownSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../../app/core/index.ts';
import { type Account, visitor } from './accounts.ts';
import type { Certificates } from './certificates.ts';
import { place } from './writable.ts';

/** Creates the files in a client's home that the README requires: CA, certificates, passwords. */
export function furnish(
  account: Account,
  plan: Plan,
  certificates: Certificates,
  passwordOf: (role: string) => string,
): void {
  const at = (name: string) => join(account.home, name);
  rmSync(at('.postgresql'), { recursive: true, force: true });
  rmSync(at('.pgpass'), { force: true });
  place(at('.postgresql/root.crt'), certificates.ca, 0o644, account);
  // The trust store of the client's system: libpq uses it through OpenSSL since 16, before that verify.sh does
  // (SSL_CERT_FILE).
  place(at('system'), certificates.ca, 0o644, account);
  const { certificate } = plan.security;
  if (certificate.source === 'existing' && certificate.rootFile !== null)
    place(certificate.rootFile, certificates.ca, 0o644);
  if (certificates.folder) {
    const clients = join(certificates.folder, 'clients');
    for (const name of readdirSync(clients, { encoding: 'utf8' }).filter((file) => /\.(crt|key)$/.test(file))) {
      place(
        at(`.postgresql/${name}`),
        readFileSync(join(clients, name)),
        name.endsWith('.key') ? 0o600 : 0o644,
        account,
      );
    }
  }
  // A bare `*` would match every role (manual 34.16).
  const escaped = (name: string) => name.replace(/[:\\*]/g, '\\$&');
  const roles = [...new Set(plan.clients.flatMap(({ roles: names }) => names)), plan.server.superuser];
  place(at('.pgpass'), roles.map((role) => `*:*:*:${escaped(role)}:${passwordOf(role)}\n`).join(''), 0o600, account);
  chownSync(at('.postgresql'), account.uid, account.gid);
}

/** Where psql looks, as on the client's own system. */
export const visitorEnvironment = (certificatesHome: Account = visitor): Record<string, string> => ({
  SSL_CERT_FILE: join(certificatesHome.home, 'system'),
});
