import { describe, expect, it } from 'vitest';
import { defaultPlan, generate } from '../../../app/core/index.ts';
import { accountNamed, visitor } from '../harness/accounts.ts';
import { majors } from '../harness/binaries.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { deploy } from '../harness/deployment.ts';
import { issue } from '../harness/issue.ts';
import { carry, comeFrom } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { setHosts } from '../harness/places.ts';
import { onMajor, valid } from '../harness/plans.ts';
import { reload } from '../harness/reload.ts';
import { furnish } from '../harness/visit.ts';
import { place } from '../harness/writable.ts';

const TITLE = 'the certificate of db.example.com has not expired';
const own = (name: string, to: number) => ({ name, subject: '/CN=db.example.com', by: name, from: -30, to });

describe.skipIf(!inNamespace)('the expiry of the server certificate', () => {
  const major = majors.at(-1) ?? 18;
  it(`is a check of verify.sh at PostgreSQL ${major}, also where psql verifies nothing`, async () => {
    const start = onMajor(defaultPlan('direct'), major);
    const plan = valid(
      { ...start, clients: start.clients.map((client) => ({ ...client, verify: 'none' as const })) },
      'verify none',
    );
    const { files } = generate(plan);
    const stands = await deploy(plan, files);
    try {
      const issued = issue([own('lasting', 300), own('ending', 3), own('ended', -1)]);
      const account = accountNamed(stands.layout.account);
      const settings = fileAt(files, 'database-server/conf.d/postern.conf').content;
      const path = (setting: string) =>
        stands.layout.here(new RegExp(`^${setting} = '([^']*)'`, 'm').exec(settings)?.[1] ?? '');
      furnish(visitor, plan, stands.certificates, stands.passwordOf);
      // If there is a root file, sslmode=require verifies as verify-ca does (manual 34.19.1).
      must('rm', [`${visitor.home}/.postgresql/root.crt`]);
      carry(['198.51.100.1']);
      comeFrom('198.51.100.1', '203.0.113.10');
      setHosts([{ name: 'db.example.com', addresses: ['203.0.113.10'] }]);
      const script = `${visitor.home}/verify.sh`;
      place(script, fileAt(files, 'clients/verify.sh').content, 0o755, visitor);
      const said = async (name: string) => {
        const { pem = '', key = '' } = issued.get(name) ?? {};
        await reload(stands, async () => {
          place(path('ssl_cert_file'), pem, 0o644, account);
          place(path('ssl_key_file'), key, 0o600, account);
        });
        const { code, stdout, stderr } = await run('bash', [script, 'app'], { as: visitor, cwd: visitor.home });
        return { code, said: `${stdout}${stderr}` };
      };

      const lasting = await said('lasting');
      expect(lasting.said).toContain(`ok      ${TITLE}`);
      expect(lasting.said).not.toContain('WARNING');
      expect(lasting.code, lasting.said).toBe(0);

      const ending = await said('ending');
      expect(ending.said).toMatch(new RegExp(`ok {6}${TITLE}\nWARNING it ends on `));
      expect(ending.code).toBe(0);

      const ended = await said('ended');
      expect(ended.said).toMatch(new RegExp(`NOT OK {2}${TITLE}\n {8}it ended on `));
      expect(ended.said).toContain('ok      app reaches app at db.example.com');
      expect(ended.code).toBe(1);
      conforms({
        target: 'verify.sh on certificates',
        files: ['verify.sh'],
        judgedBy: must('openssl', ['version']).split(' (')[0]?.trim() ?? '',
        tried: 'a server certificate that lasts, one that ends in 3 days and one that has expired',
        plans: 1,
        cases: 3,
      });
    } finally {
      await stands.stop();
    }
  });
});
