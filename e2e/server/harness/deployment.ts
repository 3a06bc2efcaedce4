import { appendFileSync } from 'node:fs';
import type { Plan } from '../../../app/core/index.ts';
import { accountNamed } from './accounts.ts';
import { type Administrator, administrator, identifier, literal } from './administer.ts';
import { type Files, rolesFile } from './bundle.ts';
import { type Certificates, installCertificates, makeCertificates } from './certificates.ts';
import { attempt, type Outcome } from './connect.ts';
import { serverAddresses, stranger, type Trial } from './expectations.ts';
import { type Layout, layoutOf } from './layout.ts';
import { carry, clearLoopback } from './loopback.ts';
import { freshServer, type RunningServer, startServer } from './server.ts';
import { superuserPassword } from './template.ts';
import { place } from './writable.ts';

/** A server with the bundle's files installed, before it has roles other than the superuser. */
export interface Standing {
  readonly layout: Layout;
  readonly administrator: Administrator;
  readonly certificates: Certificates;
  readonly server: RunningServer;
}

/** A real server set up as the bundle says, with its roles, and a way to connect to it. */
export interface Deployment extends Standing {
  readonly plan: Plan;
  readonly passwordOf: (role: string) => string;
  readonly knock: (trial: Trial) => Promise<Outcome>;
  readonly stop: () => Promise<void>;
}

/** Follows the bundle's README on the machine `database-server` up to the restart: files and certificates. */
export async function stand(plan: Plan, files: Files): Promise<Standing> {
  const { major, superuser } = plan.server;
  const layout = layoutOf(plan);
  clearLoopback();
  carry(serverAddresses(plan));
  await freshServer(major, superuser, layout);
  const certificates = await makeCertificates(plan, files);
  installFiles(files, layout);
  await installCertificates(plan, files, layout, certificates);
  const server = await startServer(major, layout);
  return { layout, administrator: administrator(plan, layout), certificates, server };
}

/** The rest of the README: roles and their passwords. */
export async function deploy(plan: Plan, files: Files): Promise<Deployment> {
  const standing = await stand(plan, files);
  const { administrator: admin, certificates, server } = standing;
  const passwordOf = passwords(plan);
  try {
    await admin.must(rolesFile(files).content);
    await setPasswords(plan, admin);
  } catch (error) {
    const log = server.log();
    await server.stop();
    throw new Error(`${error instanceof Error ? error.message : error}\n\nThe server's log:\n${log.slice(-3000)}`);
  }
  const knock = (trial: Trial) => {
    carry([trial.source]);
    const certificate = trial.certificate === null ? undefined : certificates.clients.get(trial.certificate);
    return attempt({
      source: trial.source,
      target: trial.target,
      port: plan.server.port,
      role: trial.role,
      database: trial.database,
      replication: trial.replication,
      tls: trial.tls ? { ca: certificates.ca, name: plan.server.name ?? trial.target } : null,
      ...(trial.password === 'none'
        ? {}
        : { password: trial.password === 'right' ? passwordOf(trial.role) : 'not-the-password' }),
      ...(certificate ? { certificate } : {}),
    });
  };
  return { ...standing, plan, passwordOf, knock, stop: server.stop };
}

/**
 * Every file of the database server that has a target, byte for byte, with its own mode; and the lines that the bundle
 * appends to a packaged file.
 */
function installFiles(files: Files, layout: Layout): void {
  const owner = accountNamed(layout.account);
  for (const { path, content, mode, target } of files) {
    if (!path.startsWith('database-server/')) continue;
    if (target) place(layout.here(target), layout.rewrite(content), mode ?? 0o644, owner);
    if (path.endsWith('/postgresql.conf.append')) appendFileSync(`${layout.configDirectory}/postgresql.conf`, content);
  }
}

const allRoles = (plan: Plan): string[] => [...new Set(plan.clients.flatMap(({ roles }) => roles)), stranger];

function passwords(plan: Plan): (role: string) => string {
  const roles = allRoles(plan);
  return (role) => (role === plan.server.superuser ? superuserPassword : `secret-of-role-${roles.indexOf(role)}`);
}

/** What the administrator does with \password, under the password_encryption of the bundle. */
async function setPasswords(plan: Plan, admin: Administrator): Promise<void> {
  const passwordOf = passwords(plan);
  const statements = [...allRoles(plan).filter((role) => role !== stranger), plan.server.superuser].map(
    (role) => `alter role ${identifier(role)} password ${literal(passwordOf(role))};`,
  );
  await admin.must(
    `create role ${identifier(stranger)} login password ${literal(passwordOf(stranger))};\n${statements.join('\n')}`,
  );
}
