import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE, type Directory, directory, READER } from '../../lab/rollout/directory.ts';
import { accountNamed } from '../harness/accounts.ts';
import { debianServer, debianServers } from '../harness/debian-server.ts';
import { inNamespace } from '../harness/namespace.ts';
import { until } from '../harness/until.ts';

const SECRET = 'pa"ss wörd#,@y\\';
const PERSON = 'the password of a person';

describe.skipIf(!inNamespace)('the password of a bind DN in a file that pg_hba.conf names', () => {
  let company: Directory;
  beforeAll(async () => {
    company = await directory({ reader: SECRET, app: PERSON });
  });
  afterAll(() => company.stop());

  it.for(debianServers)(
    'allows the login, and is in no line of the log: PostgreSQL $major',
    async (packaged, context) => {
      // Debian's packages of this major could not be installed; the reason is shown and the skip is counted.
      if (packaged.missing !== undefined) return context.skip(packaged.missing);
      const server = await debianServer(packaged);
      try {
        const { uid, gid } = accountNamed('postgres');
        const store = (password: string) => {
          const file = `${server.here}/postern-ldap/main/ldap.example.com`;
          mkdirSync(`${server.here}/postern-ldap/main`, { recursive: true });
          writeFileSync(file, `ldapbindpasswd="${password.replaceAll('"', '""')}"\n# ${READER}\n`, { mode: 0o600 });
          chownSync(file, uid, gid);
        };
        const login = async (password: string) => {
          try {
            const client = await server.connect({ user: 'app', password });
            await client.end();
            return 'in';
          } catch (error) {
            return error instanceof Error ? error.message : '';
          }
        };
        const refused = 'LDAP authentication failed for user "app"';
        await server.client.query('create role app login');
        const options = `ldapserver=127.0.0.1 ldapbasedn="${BASE}" ldapsearchattribute=uid ldapbinddn="${READER}"`;
        store(SECRET);
        for (const [file, outcome] of [
          ['', refused],
          [' @/postern-ldap/main/ldap.example.com', 'in'],
          [' @../postern-ldap/main/ldap.example.com', 'in'],
        ] as const) {
          server.write(`local all postgres trust\nlocal all all ldap ${options}${file}\n`);
          server.reload();
          await until(`the rule with${file} is in force`, async () => (await login(PERSON)) === outcome);
        }
        expect(await login('wrong')).toBe(refused);
        expect(server.log()).toContain('@../postern-ldap/main/ldap.example.com');
        expect(server.log()).not.toContain('pa"');
      } finally {
        await server.stop();
      }
    },
  );
});
