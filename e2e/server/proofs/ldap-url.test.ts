import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit, type FileRule, type FileRulesOptions, fileRules, MAJORS } from '../../../app/core/index.ts';
import { Chance } from '../harness/chance.ts';
import { conforms } from '../harness/conformance.ts';
import { type DebianServer, debianServer, debianServers } from '../harness/debian-server.ts';
import { shownRules } from '../harness/hba-rules.ts';
import { recordLdapAnswers } from '../harness/ldap-answers.ts';
import { ldapRule } from '../harness/ldap-rules.ts';
import { inNamespace } from '../harness/namespace.ts';

/** Number of generated rules per server; `POSTERN_LDAP_RULES=100000` is a longer run. */
const each = Number(process.env.POSTERN_LDAP_RULES ?? 6000);
/** `POSTERN_HBA_SEED` repeats the rules of an earlier run. */
const firstSeed = Number(process.env.POSTERN_HBA_SEED ?? Math.floor(Math.random() * 2 ** 31));
const A_FILE = 200;
/** `POSTERN_RECORD=1` records the servers' results for the rules of this seed. */
const RECORDED = { seed: 20_261_128, rules: 400 };

/** Attribute lists without an attribute. */
const crashing = [',', ',,', '%2C', '%2c,', '%zz', '%', '%00', '%00uid', 'uid%'].map(
  (list) => `host all all 10.0.0.0/8 ldap "ldapurl=ldap://h/dc=a?${list}?sub"`,
);
/** A URL that is rejected before its attribute list is read, or whose list has no effect, does not crash. */
const harmless = [
  ...[
    'ldap://h/dc=a?,?x',
    'ldap://h:x/dc=a?,',
    'ldapi://h/dc=a?,',
    'ldap://h?,',
    'ldap://h/dc=a?,?sub??',
    'ldap://h/dc=a?,?sub?%',
  ],
  ...['ldap://h/dc=a?uid,', 'ldap://h/dc=a?,uid', 'ldap://h/dc=a??sub'],
].map((url) => `host all all 10.0.0.0/8 ldap "ldapurl=${url}"`);

const options = (major: number): FileRulesOptions => ({ major, methods: ['trust', 'ldap'] });
/** OpenLDAP 2.4, which Debian's 13 links, does not know the scheme that goes through a proxy. */
const known = (rule: string, major: number) => major >= 15 || !/pldap/i.test(rule);
const read = (rule: string, major: number): FileRule | undefined => fileRules(rule, options(major))[0];
const crashes = (rule: string, major: number) => /^PostgreSQL crashes /.test(read(rule, major)?.error ?? '');

const generated = (count: number, chance: Chance) => Array.from({ length: count }, () => ldapRule(chance));
const recorded = [...harmless, ...generated(RECORDED.rules, new Chance(RECORDED.seed))].filter(
  (rule) => !crashes(rule, 15) && known(rule, 13),
);

describe.skipIf(!inNamespace).each(
  debianServers
    // fileRules and audit refuse a major that Postern has not been tried with.
    .filter(({ major, missing }) => missing !== undefined || MAJORS.some((tried) => tried === major))
    .map((server) => [`${server.major}${server.missing ? ` (${server.missing})` : ''}`, server] as const),
)('an LDAP URL on PostgreSQL %s', (_name, debian) => {
  const { major, missing } = debian;
  let server: DebianServer;
  beforeAll(async () => {
    if (missing === undefined) server = await debianServer(debian);
  });
  afterAll(() => server?.stop());

  it.skipIf(missing !== undefined)('is shown in pg_hba_file_rules as fileRules shows it', async () => {
    const chance = new Chance(firstSeed);
    const wrong: unknown[] = [];
    let rules = 0;
    while (rules < each) {
      const lines = generated(A_FILE, chance).filter((rule) => !crashes(rule, major) && known(rule, major));
      server.write(`${lines.join('\n')}\n`);
      const theirs = await shownRules(server);
      const ours = fileRules(`${lines.join('\n')}\n`, options(major));
      expect(theirs).toHaveLength(lines.length);
      for (const [index, row] of theirs.entries())
        if (JSON.stringify(ours[index]) !== JSON.stringify(row))
          wrong.push({ rule: lines[index], server: row, ours: ours[index] });
      rules += lines.length;
    }
    console.info(`ldapurl on ${major}: ${wrong.length} of ${rules} rules differ, seed ${firstSeed}`);
    if (process.env.POSTERN_RECORD) {
      server.write(`${recorded.join('\n')}\n`);
      recordLdapAnswers(major, server.version, recorded, await shownRules(server));
    }
    expect(wrong.slice(0, 10)).toEqual([]);
    conforms({
      target: 'pg_hba.conf',
      files: ['pg_hba.conf'],
      judgedBy: `${server.version.replace(/^(PostgreSQL \S+ \([^)]*\)).*/, '$1')}, with OpenLDAP`,
      tried: 'rules with LDAP URLs, column by column',
      plans: Math.ceil(rules / A_FILE),
      cases: rules,
      reading: { major, disagreements: wrong.length },
      notCovered: 'servers built with WinLDAP, and logging in at a directory',
    });
  });

  it.skipIf(missing !== undefined)(
    'reaches no directory server if its address is IPv6, and the audit reports it',
    async () => {
      for (const [option, found] of [
        ['ldapurl="ldap://[::1]:1/dc=a?uid?sub"', true],
        ['ldapserver=::1 ldapport=1 ldapbasedn=dc=a', true],
        ['ldapserver=[::1] ldapport=1 ldapbasedn=dc=a', false],
      ] as const) {
        const hba = `local all postgres trust\nlocal all all ldap ${option}\n`;
        server.write(hba);
        server.reload();
        // Until the file is loaded, the previous one is in effect.
        const before = server.log().length;
        const noDirectory = async () => {
          await server.connect({ user: 'nobody', password: 'x' }).catch(() => undefined);
          const said = server
            .log()
            .slice(before)
            .split('DETAIL')
            .filter((part) => part.includes(option)).length;
          return (
            said > 0 &&
            /Bad parameter to an ldap routine|Can't contact LDAP server/.exec(server.log().slice(before))?.[0]
          );
        };
        await expect.poll(noDirectory).toBe(found ? 'Bad parameter to an ldap routine' : "Can't contact LDAP server");
        const ids = audit({ hba, major }).map(({ id }) => id);
        expect(ids.includes('ldap-server-without-brackets'), option).toBe(found);
      }
    },
  );

  it.skipIf(missing !== undefined)(
    'crashes the server if its attribute list names no attribute, and fileRules reports it',
    async () => {
      for (const rule of harmless) {
        expect(crashes(rule, major), rule).toBe(false);
        server.write(`${rule}\n`);
        expect(await shownRules(server), rule).toEqual(fileRules(rule, options(major)));
      }
      for (const rule of crashing) {
        expect(crashes(rule, major), rule).toBe(true);
        server.write('local all all trust\n');
        const client = await connected(server);
        server.write(`${rule}\n`);
        await expect(client.query('select * from pg_hba_file_rules'), rule).rejects.toThrow();
      }
      expect(server.log()).toContain('terminated by signal 11: Segmentation fault');
      // A reload ends not one session but the whole server.
      await connected(server);
      server.reload();
      await expect.poll(server.ended, { timeout: 20_000 }).toBe('SIGSEGV');
    },
  );
});

/** After a crash the server needs a moment to recover. */
async function connected(server: DebianServer) {
  for (let tries = 0; ; tries++) {
    try {
      return await server.connect();
    } catch (error) {
      if (tries > 500) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
