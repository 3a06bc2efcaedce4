import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conninfo, conninfoValue } from '../../../app/core/quote/conninfo.ts';
import { regexText } from '../../../app/core/quote/fail2ban.ts';
import { ini, iniValue } from '../../../app/core/quote/ini.ts';
import { opensslSubject } from '../../../app/core/quote/openssl.ts';
import { pythonString } from '../../../app/core/quote/python.ts';
import { sshWord } from '../../../app/core/quote/ssh.ts';
import { uriPart } from '../../../app/core/quote/uri.ts';
import { xmlText } from '../../../app/core/quote/xml.ts';
import { hostileNames } from '../../../app/core/testing/plan-arbitrary.ts';
import { must, run } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { seed } from './random-plans.ts';

/** One line without invisible characters, as plan validation accepts it. */
const text = fc
  .oneof(
    fc.string({ unit: fc.constantFrom(...`'"\`$(){}[]<>\\|&;#*?~!%^=+-@:,/. ab1ä数`), minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  )
  .filter((value) => !/[\p{C}\u2028\u2029]/u.test(value));
const texts = [...hostileNames, ...fc.sample(text, { seed, numRuns: 400 })];
/** A value that extends to the end of a line is read without surrounding blanks. */
const trimmed = texts.filter((one) => one === one.trim());

const program = fileURLToPath(new URL('read-back.py', import.meta.url));

async function readBack(kind: string, quoted: readonly unknown[]): Promise<unknown[]> {
  const { code, stdout, stderr } = await run('/usr/bin/python3', [program], {
    input: JSON.stringify({ [kind]: quoted }),
  });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout)[kind];
}

describe.skipIf(!inNamespace)('hostile strings, read back by the program that reads the file', () => {
  it('conninfo: libpq reads every value completely', async () => {
    const quoted = texts.map((one) => conninfo`host=db user=${conninfoValue(one)} dbname=${conninfoValue(one)}`);
    expect(await readBack('conninfo', quoted)).toEqual(texts.map((one) => ({ host: 'db', user: one, dbname: one })));
  });

  it('uri: libpq reads every role, password and database completely', async () => {
    const quoted = texts.map((one) => `postgres://${uriPart(one)}@db/${uriPart(one)}?application_name=${uriPart(one)}`);
    expect(await readBack('conninfo', quoted)).toEqual(
      texts.map((one) => ({ host: 'db', user: one, dbname: one, application_name: one })),
    );
  });

  it('ini: libpq reads every value of pg_service.conf completely', async () => {
    const quoted = trimmed.map(
      (one) => `${ini`[read-back]`}\n${ini`user=${iniValue(one)}`}\n${ini`dbname=${iniValue(one)}`}\n`,
    );
    const found = (await readBack('service', quoted)) as Record<string, string>[];
    expect(found.map(({ user, dbname }) => [user, dbname])).toEqual(trimmed.map((one) => [one, one]));
  });

  it('python: every literal is the string', async () => {
    expect(await readBack('python', texts.map(pythonString))).toEqual(texts);
  });

  it('xml: every text and every attribute is the string', async () => {
    const quoted = texts.map((one) => `<a at="${xmlText(one)}">${xmlText(one)}</a>`);
    expect(await readBack('xml', quoted)).toEqual(texts.map((one) => [one, one]));
  });

  it('fail2ban: every text in an expression matches itself', async () => {
    const quoted = texts.map((one) => [regexText(one), one]);
    expect(await readBack('regex', quoted)).toEqual(texts.map(() => true));
  });

  it('openssl: every role is the one common name of its certificate request', async () => {
    const roles = hostileNames.filter((one) => Buffer.byteLength(one) <= 63);
    const script = roles.map(
      (role) =>
        `openssl req -new -utf8 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -subj ${opensslSubject(role)} 2>/dev/null | openssl req -noout -subject -nameopt utf8,sep_multiline,lname`,
    );
    const printed = must('bash', ['-c', script.join('\n')]);
    const found = [...printed.matchAll(/^subject=\n((?: {4}.*\n)*)/gm)].map(([, lines = '']) => lines.trim());
    expect(found).toEqual(roles.map((role) => `commonName=${role}`));
  });

  it('ssh: a word is read literally, and text that ssh would expand is not written as a word', async () => {
    const words = ['db.example.com', 'fd00:0:0:2::10', 'deploy', 'a-b_c'];
    const file = `${own}/read-back.ssh_config`;
    for (const word of words) {
      writeFileSync(file, `Host x\n  HostKeyAlias ${sshWord(word)}\n`);
      const { stdout } = await run('ssh', ['-G', '-F', file, 'x']);
      expect(stdout).toContain(`hostkeyalias ${word}\n`);
    }
    const refused = [
      '~/.ssh/postern',
      '%h',
      'a b',
      '"a"',
      '#a',
      'a\nProxyCommand x',
      '\x24{HOME}',
      'a*',
      '!a',
      "'a'",
      'a,b',
      '=a',
    ];
    for (const one of refused) expect(() => sshWord(one), one).toThrow();
  });
});
