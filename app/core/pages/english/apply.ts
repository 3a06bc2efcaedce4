import { file, manual, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const undoing = test('e2e/lab/rollout/undo.test.ts');
const check = test('e2e/lab/rollout/check.test.ts');

export const applyPage: TargetPage = {
  id: 'apply',
  title: 'apply.sh',
  summary: 'Installs the files of a machine and rolls back automatically unless you confirm.',
  does: [
    ...says(
      test('e2e/lab/rollout/everything.test.ts'),
      'Comes with the files of the database server, each replica, the VPN gateway and the bastion, if there is something to install.',
    ),
    ...says(
      test('e2e/lab/rollout/apply.test.ts'),
      'Shows the differences, and has the programs that read the files check them before anything changes: a temporary PostgreSQL with the same programs and account, which also gets the new certificates, and sshd, nft, wg-quick and others in a private view of /etc.',
      'Switches all PostgreSQL files at once, with its certificates, keys, CA and CRL: a server that starts at any moment finds the old set or the new one. Other files are renamed into place one by one, each complete at any moment.',
      'Checks pg_hba_file_rules and pg_file_settings, reloads or restarts as the settings require, and rolls back if PostgreSQL or another program does not accept the change.',
    ),
    ...says(
      test('e2e/lab/rollout/accepted.test.ts'),
      "Runs the part of the test kit that can run on the server, and rolls back at once if it fails: the superuser's login, the rules of the plan, and the certificate that the server presents on each of its addresses. A certificate that expires soon is a warning.",
    ),
    ...says(
      test('e2e/lab/rollout/docker.test.ts'),
      'For a server in a container: changes the files in their volume, puts compose.postern.yaml next to compose.yaml, has a temporary container with the same image and mounts check all of it, and lets Docker Compose recreate the container, also for a rollback.',
    ),
    ...says(
      test('e2e/lab/rollout/hanging.test.ts'),
      'Rolls everything back if nobody confirms in time, with a systemd timer and at the next boot; without systemd, with a process of its own. It ends a run that hangs first, and retries a rollback that fails, for example on a full disk.',
    ),
    ...says(
      test('e2e/lab/rollout/others.test.ts'),
      'Compares the rules of the plan with the present pg_hba.conf, including its include files: it stops if a role would lose access, or if an existing rule would match a client of the plan first.',
    ),
    ...says(
      test('e2e/lab/rollout/firewall.test.ts'),
      "Covers the firewall, the routes to a tunnel, a gateway's forwarding, and which services are enabled and running: a rollback restores them exactly and doesn't touch those of others.",
    ),
    ...says(
      undoing,
      'Records the state before each change and what it wrote in /var/lib/postern. For manual steps, run --save before the first and --confirm after the last, so that --undo works at any later time.',
    ),
    ...says(
      check,
      'With --check, shows what could stop the change or take the server down: missing programs, free space, the clock, SELinux and AppArmor, the firewall in use, addresses, settings from ALTER SYSTEM or the command line, open sessions, and whether the new files are accepted. It changes nothing and keeps no state.',
    ),
    ...says(
      test('e2e/lab/rollout/overrides.test.ts'),
      'Stops if a later file, ALTER SYSTEM, a role or the command line overrides a setting of the plan, and names where the value comes from. --accept-overrides continues anyway.',
    ),
    ...says(
      file('app/core/bundle/vpn/swanctl-reader.ts'),
      'Loads the strongSwan file to check it, since no program can check it beforehand; if strongSwan rejects it, the change is rolled back.',
    ),
  ],
  doesNot: [
    ...says(
      test('e2e/server/proofs/guide.test.ts'),
      'Run roles.sql, create keys or change another machine: the README explains how.',
    ),
    ...says(
      file('app/core/bundle/rollout/apply/scripts.ts'),
      'Work on macOS or on Windows, or for a container whose files are not in a volume on this machine, as with Docker Desktop; their steps are in README.md.',
    ),
    ...says(
      file('app/core/bundle/rollout/apply/kit.ts'),
      'Test from the client machines: verify.sh does that, ideally before you confirm.',
    ),
    ...says(
      vendor('Linux kernel, IP Sysctl', 'https://docs.kernel.org/networking/ip-sysctl.html'),
      'End a strongSwan tunnel that came up within the time, or immediately restore what the kernel drops when it starts forwarding: a default route from router advertisements returns with the next advertisement.',
    ),
    ...says(
      test('e2e/lab/rollout/certificates.test.ts'),
      'Restore earlier certificates if they were renewed since the change: the current ones stay.',
    ),
    ...says(
      undoing,
      'Disable ufw if rules were added to it since: then it removes only its own rules, and the SSH rules stay.',
    ),
    ...says(
      check,
      'Install packages: HAProxy or PgBouncer must be installed first, because a rollback does not remove them.',
    ),
    ...says(
      file('app/core/bundle/rollout/apply/live.ts'),
      'Keep firewalld rules that last only until its next reload, or ufw rules that someone adds while the time runs.',
    ),
  ],
  undo: says(
    undoing,
    'sudo bash database-server/apply.sh --undo, and the same in the directory of each other machine. It restores only what Postern wrote, shows what it restores, and stops if others have changed a file or a rule since: --keep, --overwrite or --merge decides. Run it again to undo the change before that.',
  ),
  pitfalls: [
    ...says(
      vendor(
        'Docker Compose, use multiple files',
        'https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/',
      ),
      'docker compose up without the second file recreates the container without its settings: specify compose.yaml and compose.postern.yaml in every call, or in COMPOSE_FILE.',
    ),
    ...says(
      vendor(
        'Docker, Start containers automatically',
        'https://docs.docker.com/engine/containers/start-containers-automatically/',
      ),
      'Docker starts a container as it was last created. After a power failure within the time, its server may not start until the apply.sh unit has restored the files.',
    ),
    ...says(
      manual('view-pg-hba-file-rules', 'pg_hba_file_rules'),
      'A rejected rule usually has only a line number and an error in pg_hba_file_rules. For some the error is empty too, so the script checks for a missing type.',
    ),
    ...says(
      manual('functions-admin', 'System Administration Functions'),
      "pg_reload_conf() reports only that the signal was sent: a rejected file doesn't take effect, and the next start fails because of it.",
    ),
  ],
};
