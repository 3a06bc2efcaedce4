import { existsSync, rmSync, statSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultPlan, generate } from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { inBundle, runScript, unpack } from '../harness/install.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { valid } from '../harness/plans.ts';
import { place } from '../harness/writable.ts';

const SCRIPT = 'database-server/install-keytab.sh';
const target = `${own}/etc/krb5.keytab`;

/** A keytab with a key of this principal, as a KDC issues it. */
async function makeKeytab(file: string, principal: string): Promise<void> {
  rmSync(file, { force: true });
  const words = [
    `addent -password -p ${principal} -k 1 -e aes256-cts-hmac-sha1-96`,
    'a password',
    `wkt ${file}`,
    'quit',
  ];
  const made = await run('ktutil', [], { input: `${words.join('\n')}\n` });
  if (!existsSync(file)) throw new Error(made.stdout + made.stderr);
}

describe.skipIf(!inNamespace)('install-keytab.sh', () => {
  const start = defaultPlan('direct');
  const [client] = start.clients;
  if (!client) throw new Error('the default has a client');
  const plan = valid(
    { ...start, clients: [{ ...client, auth: { method: 'gss', realm: 'EXAMPLE.COM', includeRealm: false } }] },
    'a client with Kerberos',
  );
  const { uid } = accountNamed('postgres');

  beforeAll(() => {
    unpack(generate(plan).files);
    // The script asks the server for the path of its keytab; this provides the answer.
    place('/usr/local/sbin/sudo', '#!/bin/sh\nshift\nuser=$1; shift\nexec runuser -u "$user" -- "$@"\n', 0o755);
    place('/usr/local/sbin/psql', `#!/bin/sh\necho FILE:${target}\n`, 0o755);
  });
  // Other tests of this namespace run the programs themselves.
  afterAll(() => {
    for (const name of ['sudo', 'psql']) rmSync(`/usr/local/sbin/${name}`);
  });
  beforeEach(() => rmSync(`${own}/etc`, { recursive: true, force: true }));

  it('installs a keytab with the key of the server, readable by its account only, and removes the copy', async () => {
    await makeKeytab(inBundle('database-server/postgres.keytab'), 'postgres/db.example.com@EXAMPLE.COM');
    const installed = await runScript(SCRIPT);
    expect(installed, installed.stderr).toMatchObject({ code: 0 });
    const { mode, uid: owner } = statSync(target);
    expect([(mode & 0o777).toString(8), owner]).toEqual(['600', uid]);
    expect(existsSync(inBundle('database-server/postgres.keytab'))).toBe(false);
    expect(await runScript(SCRIPT)).toMatchObject({ code: 0, stdout: expect.stringContaining('It is kept.') });
  });

  it('leaves another keytab unchanged, and rejects one for another principal', async () => {
    await makeKeytab(inBundle('database-server/postgres.keytab'), 'postgres/other.example.com@EXAMPLE.COM');
    const refused = await runScript(SCRIPT);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has no key for postgres/db.example.com'),
    });
    expect(existsSync(target)).toBe(false);
    must('mkdir', ['-p', `${own}/etc`]);
    await makeKeytab(target, 'HTTP/db.example.com@EXAMPLE.COM');
    const before = must('sha256sum', [target]);
    await makeKeytab(inBundle('database-server/postgres.keytab'), 'postgres/db.example.com@EXAMPLE.COM');
    const kept = await runScript(SCRIPT);
    expect(kept).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing was changed.') });
    expect(must('sha256sum', [target])).toBe(before);
    conforms({
      target: 'Kerberos keytab',
      files: ['install-keytab.sh'],
      judgedBy: 'klist and ktutil of MIT Kerberos',
      tried: 'installed, run again, refused for another principal, and next to a keytab of others',
      plans: 1,
      cases: 4,
      notCovered: 'a KDC, and a login with a ticket',
    });
  });
});
