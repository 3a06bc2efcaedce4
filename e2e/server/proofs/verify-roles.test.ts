import { describe, expect, it } from 'vitest';
import { defaultPlan, generate } from '../../../app/core/index.ts';
import { visitor } from '../harness/accounts.ts';
import { majors } from '../harness/binaries.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { deploy } from '../harness/deployment.ts';
import { carry, comeFrom } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { setHosts } from '../harness/places.ts';
import { onMajor, valid } from '../harness/plans.ts';
import { furnish } from '../harness/visit.ts';
import { place } from '../harness/writable.ts';

/** A role whose name has both characters that ~/.pgpass escapes. */
const escaped = 'a:b\\c';
const roles = ['clerk', escaped];

describe.skipIf(!inNamespace)('verify.sh for a person with one of the roles', () => {
  const major = majors.at(-1) ?? 18;
  it(`uses that person's credentials and asks for the rest, with PostgreSQL ${major}`, async () => {
    const start = onMajor(defaultPlan('direct'), major);
    const clients = start.clients.map((client) => ({ ...client, roles, auth: { method: 'cert+scram' as const } }));
    const plan = valid({ ...start, clients }, 'two roles with certificates');
    const { files } = generate(plan);
    const stands = await deploy(plan, files);
    try {
      carry(['198.51.100.1']);
      comeFrom('198.51.100.1', '203.0.113.10');
      setHosts([{ name: 'db.example.com', addresses: ['203.0.113.10'] }]);
      const script = `${visitor.home}/verify.sh`;
      const certificates = `${visitor.home}/.postgresql`;
      const furnished = (passwords: string) => {
        furnish(visitor, plan, stands.certificates, stands.passwordOf);
        place(script, fileAt(files, 'clients/verify.sh').content, 0o755, visitor);
        place(`${visitor.home}/.pgpass`, passwords, 0o600, visitor);
      };
      /** At a terminal, where the passwords are typed. */
      const typed = async (words: readonly string[], ...passwords: readonly string[]) => {
        place(
          `${visitor.home}/run`,
          `exec bash verify.sh ${words.map((word) => `'${word}'`).join(' ')}\n`,
          0o755,
          visitor,
        );
        const { code, stdout } = await run('script', ['-qec', 'bash run', '/dev/null'], {
          as: visitor,
          cwd: visitor.home,
          input: passwords.map((password) => `${password}\n`).join(''),
        });
        return { code, said: stdout.replaceAll('\r', ''), asked: stdout.match(/Password of .+?: /g) ?? [] };
      };
      const [clerk = '', other = ''] = roles.map(stands.passwordOf);

      furnished(`*:*:*:somebody:x\n# *:*:*:clerk:x\n`);
      const one = await typed(['app', 'clerk'], clerk);
      expect(one.asked, one.said).toEqual(['Password of clerk: ']);
      expect(one.said).toContain('ok      clerk reaches app');
      expect(one.said).not.toContain(escaped);
      expect(one.code, one.said).toBe(0);

      const all = await typed(['app'], clerk, other);
      expect(all.asked, all.said).toEqual(['Password of clerk: ', `Password of ${escaped}: `]);
      expect(all.code, all.said).toBe(0);

      // Typed for one role, in the file for the next one: the first password must not be sent for the second role.
      furnished(`*:*:*:a\\:b\\\\c:${other}\n`);
      const mixed = await typed(['app'], clerk);
      expect(mixed.asked, mixed.said).toEqual(['Password of clerk: ']);
      expect(mixed.code, mixed.said).toBe(0);

      furnished(`db.example.com:*:*:*:${clerk}`);
      const every = await typed(['app', 'clerk']);
      expect(every.asked, every.said).toEqual([]);
      expect(every.code, every.said).toBe(0);

      for (const ending of ['crt', 'key'])
        must('mv', [`${certificates}/clerk.${ending}`, `${certificates}/postgresql.${ending}`]);
      const byDefault = await typed(['app', 'clerk']);
      expect(byDefault.said).toContain('ok      the client certificate clerk has not expired');
      expect(byDefault.code, byDefault.said).toBe(0);
      must('rm', [`${certificates}/postgresql.crt`]);
      expect((await typed(['app', 'clerk'])).said).toContain('NOT OK  clerk reaches app');

      const unknown = await typed(['app', 'nobody']);
      expect(unknown.said).toContain(`this client has no role nobody. Its roles:\nclerk\n${escaped}\n`);
      expect(unknown.code).toBe(2);
      conforms({
        target: 'verify.sh for one role',
        files: ['verify.sh'],
        judgedBy: `PostgreSQL ${major}`,
        tried: 'one role of two, typed passwords, entries of ~/.pgpass, and a certificate with the default name',
        plans: 1,
        cases: 7,
      });
    } finally {
      await stands.stop();
    }
  });
});
