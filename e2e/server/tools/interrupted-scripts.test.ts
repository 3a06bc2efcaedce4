import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultClient, defaultPlan, generate, ownAuthority, type Plan } from '../../../app/core/index.ts';
import { KillPoints } from '../../lab/rollout/kill-points.ts';
import { pointsOf } from '../harness/amount.ts';
import { fileAt } from '../harness/bundle.ts';
import { passphraseFile } from '../harness/certificates.ts';
import { must, type Ran, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { valid } from '../harness/plans.ts';
import { place } from '../harness/writable.ts';

const home = `${own}/interrupted`;
const before = `${home}/before`;
const now = `${home}/now`;

/** Number of interruptions per task, spread over it. `POSTERN_MORE=1000` interrupts each command. */
const KILLS = 6;

const roles = ['payroll', 'audit'] as const;

/** A server of this name with two clients that show certificates. */
function certified(name: string): Plan {
  const start = defaultPlan('direct');
  return valid(
    {
      ...start,
      server: { ...start.server, name },
      security: { ...start.security, certificate: { ...ownAuthority, revocation: true } },
      clients: roles.map((role) => ({
        ...defaultClient('public'),
        name: role,
        roles: [role],
        databases: ['app'],
        sources: ['198.51.100.0/28', '2001:db8:20::/64'],
        auth: { method: 'cert' },
      })),
    },
    name,
  );
}

const contentOf = (plan: Plan, path: string) => fileAt(generate(plan).files, path).content;

const copy = (from: string, to: string) => must('sh', ['-ec', 'rm -rf "$2"; cp -a "$1" "$2"', 'copy', from, to]);

/** `now` as `before` is, with the script in it. */
function set(script: string, content: string): void {
  copy(before, now);
  place(`${now}/${script}`, content, 0o755);
}

const settle = () => {
  copy(now, before);
};

function empty(): void {
  rmSync(before, { recursive: true, force: true });
  mkdirSync(before, { recursive: true });
}

/** A separate process group, which is killed as a whole. */
const start = (script: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  run('setsid', ['--wait', 'bash', `${now}/${script}`, ...words], {
    cwd: now,
    env: { CA_PASSPHRASE_FILE: passphraseFile(), ...env },
    limit: 120,
  });

async function complete(script: string, words: readonly string[]): Promise<void> {
  const ran = await start(script, words);
  expect(ran, `${script} ${words.join(' ')}: ${ran.stdout}${ran.stderr}`).toMatchObject({ code: 0 });
}

let kills = 0;

/** Kills `words` at points spread over its run, each time followed by `then`, and checks the result with `holds`. */
async function interrupted(
  script: string,
  content: string,
  words: readonly string[],
  then: readonly string[],
  holds: (killedAt: string) => void,
): Promise<void> {
  const points = new KillPoints(home, script);
  set(script, content);
  const whole = await start(script, words, points.environment());
  expect(whole.code, whole.stderr).toBe(0);
  const total = points.count();
  expect(total).toBeGreaterThan(5);
  holds('nowhere');
  for (const point of pointsOf(total - 1, KILLS)) {
    set(script, content);
    const killed = await start(script, words, points.environment(point));
    expect(killed.code, `at ${point} of ${total}`).not.toBe(0);
    await complete(script, then);
    holds(`${words.join(' ')} killed at command ${point} of ${total}`);
    kills += 1;
  }
}

/** Checks every complete set of certificates with OpenSSL; prints what is wrong. */
const JUDGE = `
cd "$1" || exit
said() { echo "$*"; }
find . -name '*.new' -o -name '*.csr' | grep . && said 'left over'
[ "$(ls -A machines)" = database-server ] || said 'folders of machines'
for file in server.crt server.key ca.crt ca.crl; do cmp "$file" "machines/database-server/$file" || said "another $file"; done
for key in authority-*/ca.key; do grep -q ENCRYPTED "$key" || said "$key has no passphrase"; done
against='-crl_check -CRLfile ca.crl -CAfile ca.crt'
pair() { # name, purpose
  [ "$(openssl x509 -in "$1.crt" -noout -pubkey)" = "$(openssl pkey -in "$1.key" -pubout)" ] || said "$1: the key is not the certificate's"
  openssl verify $against -purpose "$2" "$1.crt" >/dev/null || said "$1: the chain does not verify"
}
pair server sslserver
names=$(openssl x509 -in server.crt -noout -ext subjectAltName | tail -n +2 | tr -d ' ')
[ "$names" = "$2" ] || said "server.crt carries $names"
for role in payroll audit; do
  if [ "$role" = "$3" ]; then
    for file in "clients/$role.crt" "clients/$role.key" "bundles/$role" "bundles/$role.tar.gz"; do [ ! -e "$file" ] || said "$file is there, revoked"; done
    for file in authority-*/issued/clients/$role/*.crt; do
      openssl verify $against "$file" 2>&1 | grep -q revoked || said "$file is not revoked"
    done
    continue
  fi
  pair "clients/$role" sslclient
  for file in crt key; do
    tar -xzOf "bundles/$role.tar.gz" "$role/$role.$file" | cmp -s - "clients/$role.$file" || said "the bundle of $role has another $file"
  done
  tar -xzOf "bundles/$role.tar.gz" "$role/root.crt" | cmp -s - ca.crt || said "the bundle of $role has another root.crt"
done
for file in authority-*/issued/*.crt authority-*/issued/*/*.crt authority-*/issued/*/*/*.crt; do
  [ -e "$file" ] || continue
  openssl x509 -in "$file" -noout || said "$file is no certificate"
done
`;

const alternatives = (name: string) => `DNS:${name},IPAddress:203.0.113.10,IPAddress:2001:DB8:10:0:0:0:0:10`;

function certificatesHold(name: string, killedAt: string, revoked = ''): void {
  const found = must('bash', ['-c', JUDGE, 'judge', `${now}/certificates`, alternatives(name), revoked]);
  expect(found, killedAt).toBe('');
}

const MAKE = 'make-certificates.sh';
const made = (name: string) => contentOf(certified(name), `your-machine/${MAKE}`);

const first = 'db.example.com';

/** `before` with a complete set of certificates. */
async function makeFirst(): Promise<void> {
  empty();
  set(MAKE, made(first));
  await complete(MAKE, []);
  settle();
}

describe.skipIf(!inNamespace)('a script that was killed, and then runs to completion', () => {
  it('make-certificates.sh: the first run', { timeout: 900_000 }, async () => {
    empty();
    await interrupted(MAKE, made(first), [], [], (at) => certificatesHold(first, at));
  });

  it('make-certificates.sh: a plan with another name of the server', { timeout: 900_000 }, async () => {
    const second = 'new.example.com';
    await makeFirst();
    await interrupted(MAKE, made(second), [], [], (at) => certificatesHold(second, at));
  });

  it('make-certificates.sh: renew, revoke, and a new CA', { timeout: 1_800_000 }, async () => {
    await makeFirst();
    await interrupted(MAKE, made(first), ['renew'], [], (at) => certificatesHold(first, at));
    await interrupted(MAKE, made(first), ['revoke', 'payroll'], ['revoke', 'payroll'], (at) =>
      certificatesHold(first, at, 'payroll'),
    );
    for (const step of ['announce', 'switch', 'retire'] as const) {
      await interrupted(MAKE, made(first), ['rotate', step], [], (at) => certificatesHold(first, at));
      set(MAKE, made(first));
      await complete(MAKE, ['rotate', step]);
      settle();
    }
  });

  it('a revocation that was begun is completed by the next run, whatever its arguments', {
    timeout: 900_000,
  }, async () => {
    await makeFirst();
    const points = new KillPoints(home, MAKE);
    set(MAKE, made(first));
    expect(await start(MAKE, ['revoke', 'audit'], points.environment())).toMatchObject({ code: 0 });
    const total = points.count();
    for (const point of pointsOf(total - 1, KILLS)) {
      set(MAKE, made(first));
      await start(MAKE, ['revoke', 'audit'], points.environment(point));
      const begun = existsSync(`${now}/certificates/clients/audit.revoked`) ? 'audit' : '';
      await complete(MAKE, []);
      certificatesHold(first, `revoke audit killed at command ${point} of ${total}`, begun);
      kills += 1;
    }
  });

  it('ssh-authority.sh: make, sign and revoke', { timeout: 900_000 }, async () => {
    const base = defaultPlan('bastion');
    if (base.network.pattern !== 'bastion') throw new Error('the default of bastion is a bastion');
    const plan = valid({ ...base, network: { ...base.network, ssh: { ...base.network.ssh, authority: true } } }, 'ssh');
    const script = 'ssh-authority.sh';
    const content = contentOf(plan, `your-machine/${script}`);
    empty();
    must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', `${before}/ada`]);
    const holds = (killedAt: string, more = '') => {
      const found = must('bash', [
        '-c',
        `cd ${now}/ssh-authority || exit
         find . -name '*.new' -o -name '*.new.pub' -o -name 'work.*'
         [ "$(ssh-keygen -y -P '' -f postern_user_ca)" = "$(cut -d ' ' -f 1,2 postern_user_ca.pub)" ] || [ "$(ssh-keygen -y -P '' -f postern_user_ca | cut -d ' ' -f 2)" = "$(cut -d ' ' -f 2 postern_user_ca.pub)" ] || echo 'the public key is another'
         grep -qE '^[0-9]+$' serial || echo 'no serial'
         ssh-keygen -Q -f postern_revoked_keys postern_user_ca.pub >/dev/null || echo 'the list cannot be read'
         for file in signed/*.pub; do [ -e "$file" ] && { ssh-keygen -l -f "$file" >/dev/null || echo "$file"; }; done
         ${more}
         true`,
      ]);
      expect(found, killedAt).toBe('');
    };
    await interrupted(script, content, ['make'], ['make'], holds);
    set(script, content);
    await complete(script, ['make']);
    settle();
    const sign = ['sign', `${now}/ada.pub`, 'ada'];
    const certificate = `ssh-keygen -L -f ../ada-cert.pub | grep -q 'Key ID: "ada-' || echo 'no certificate'`;
    await interrupted(script, content, sign, sign, (at) => holds(at, certificate));
    set(script, content);
    await complete(script, sign);
    settle();
    const revoked = `! ssh-keygen -Q -f postern_revoked_keys ../ada-cert.pub >/dev/null || echo 'not revoked'`;
    await interrupted(script, content, ['revoke', '1'], ['revoke', '1'], (at) => holds(at, revoked));
  });

  it('sign-vpn-certificates.sh', { timeout: 900_000 }, async () => {
    const base = defaultPlan('vpn');
    if (base.network.pattern !== 'vpn') throw new Error('the default of vpn is a VPN');
    const plan = valid(
      {
        ...base,
        network: {
          ...base.network,
          software: { kind: 'strongswan', authentication: 'certificate' },
          gateway: { ...base.network.gateway, port: 500 },
        },
      },
      'vpn',
    );
    const script = 'sign-vpn-certificates.sh';
    const content = contentOf(plan, `your-machine/vpn/${script}`);
    empty();
    mkdirSync(`${before}/requests`);
    const ends = [...content.matchAll(/^sign (\S+) \S+ (?:server|client)Auth/gm)].map(([, name]) => name ?? '');
    expect(ends).toHaveLength(2);
    for (const name of ends)
      must('openssl', [
        ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-subj', '/CN=postern'],
        ...['-keyout', `${before}/${name}.key`, '-out', `${before}/requests/${name}.csr`],
      ]);
    await interrupted(script, content, [], [], (killedAt) => {
      const found = must('bash', [
        '-c',
        `cd ${now} || exit
         find . -name '*.new' -o -name said -o -name extensions
         for name in ${ends.join(' ')}; do
           openssl verify -CAfile certificates/postern-ca.crt "certificates/$name.crt" >/dev/null || echo "$name: the chain does not verify"
           [ "$(openssl x509 -in "certificates/$name.crt" -noout -pubkey)" = "$(openssl pkey -in "$name.key" -pubout)" ] || echo "$name: another key"
         done`,
      ]);
      expect(found, killedAt).toBe('');
    });
  });

  afterAll(() => {
    if (kills > 0)
      conforms({
        target: 'Interrupted scripts',
        files: [MAKE, 'ssh-authority.sh', 'sign-vpn-certificates.sh'],
        judgedBy: `${must('openssl', ['version']).split(' (')[0]?.trim()}, ssh-keygen`,
        tried:
          'killed between two commands, then run to the end: what is there is whole, matches the plan, and nothing is left over',
        plans: 4,
        cases: kills,
      });
  });
});
