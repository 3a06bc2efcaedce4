import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPlan, generate } from '../../../app/core/index.ts';
import { haproxyComment } from '../../../app/core/quote/haproxy.ts';
import { iniComment } from '../../../app/core/quote/ini.ts';
import { mdComment } from '../../../app/core/quote/markdown.ts';
import { nftComment } from '../../../app/core/quote/nft.ts';
import { shComment } from '../../../app/core/quote/sh.ts';
import { sshComment } from '../../../app/core/quote/ssh.ts';
import { swanctlComment } from '../../../app/core/quote/swanctl.ts';
import { xmlComment } from '../../../app/core/quote/xml.ts';
import { yamlComment } from '../../../app/core/quote/yaml.ts';
import { commentText } from '../../../app/core/testing/comment-arbitrary.ts';
import { accountNamed } from '../harness/accounts.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { valid } from '../harness/plans.ts';
import { seed } from './random-plans.ts';

const texts = [
  '---><rule><port port="1-65535" protocol="tcp"/><accept/></rule>',
  'shellcheck disable=all',
  'shellcheck no directive at all',
  ...fc.sample(commentText, { seed, numRuns: 300 }),
];
const folder = `${own}/comments`;
if (inNamespace) mkdirSync(folder, { recursive: true });

/** A file in which a comment precedes each of this many entries. */
function write(
  name: string,
  file: (entries: (entry: (index: number) => string) => string) => string,
  comment: Comment,
) {
  const path = `${folder}/${name}`;
  const entries = (entry: (index: number) => string) =>
    texts.map((text, index) => `${comment(text).join('\n')}\n${entry(index)}\n`).join('');
  writeFileSync(path, file(entries));
  return path;
}
type Comment = (text: string) => readonly string[];

const each = <T>(entry: (index: number) => T): T[] => texts.map((_, index) => entry(index));
const program = fileURLToPath(new URL('comments.py', import.meta.url));

async function read(kind: string, path: string): Promise<unknown> {
  const { code, stdout, stderr } = await run('/usr/bin/python3', [program, `${kind}=${path}`]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout)[kind];
}

describe.skipIf(!inNamespace)(`hostile comments, by the program that reads the file, seed ${seed}`, () => {
  it("XML: firewalld's own reader finds the rules of the policy and no other", async () => {
    const rule = (index: number) => `<rule><port port="${index + 1}" protocol="tcp"/><accept/></rule>`;
    const path = write('policy.xml', (all) => `<policy target="CONTINUE">\n${all(rule)}</policy>\n`, xmlComment);
    expect(await read('policy', path)).toEqual(each((index) => `rule port port="${index + 1}" protocol="tcp" accept`));
    expect(await read('xml', path)).toEqual(each(() => 'rule'));
  });

  it("XML: the policy of a plan whose client closes a comment opens what its twin's opens", async () => {
    const start = defaultPlan('direct');
    const rulesFor = async (name: string) => {
      const clients = start.clients.slice(0, 1).map((client) => ({ ...client, name }));
      const plan = valid({ ...start, clients, firewall: { ...start.firewall, kind: 'firewalld' } }, name);
      writeFileSync(
        `${folder}/postern.xml`,
        fileAt(generate(plan).files, 'database-server/firewall/postern.xml').content,
      );
      return read('policy', `${folder}/postern.xml`);
    };
    const twin = await rulesFor('office');
    expect(twin).not.toEqual([]);
    expect(await rulesFor(texts[0] ?? '')).toEqual(twin);
  });

  it("Markdown: Python's tokenizer of HTML finds no element and no text in a comment", async () => {
    const path = write('page.html', (all) => all((index) => `<p>${index}`), mdComment);
    expect(await read('html', path)).toEqual(each((index) => ['p', `${index}`]).flat());
  });

  it('INI: fail2ban, Python, libpq, wg-quick and systemd find every entry', async () => {
    const path = write('entries.conf', (all) => `[Unit]\n${all((index) => `e${index}=1`)}`, iniComment);
    const entries = { Unit: each((index) => `e${index}`).sort() };
    expect(await read('fail2ban', path)).toEqual(entries);
    expect(await read('ini', path)).toEqual(entries);

    const service = write('services', (all) => all((index) => `[s${index}]\nuser=u${index}`), iniComment);
    const env = { PGSERVICEFILE: service, PGCONNECT_TIMEOUT: '1', PGHOST: `${own}/nowhere` };
    const last = texts.length - 1;
    const { stderr } = await run('psql', [`service=s${last}`], { env });
    expect(stderr).toContain(`${own}/nowhere`);

    const tunnel = write(
      'tunnel.conf',
      (all) => `[Interface]\n${all((index) => `ListenPort = ${index + 1}`)}`,
      iniComment,
    );
    const stripped = must('wg-quick', ['strip', tunnel]);
    expect(stripped.match(/^ListenPort = \d+/gm)).toEqual(each((index) => `ListenPort = ${index + 1}`));
    expect(stripped.split('\n').filter((line) => !/^(\[Interface\]|ListenPort = \d+|\s*|#.*)$/.test(line))).toEqual([]);

    const unit = write(
      'entries.service',
      (all) => `[Service]\nType=oneshot\nExecStart=/bin/true\n${all((index) => `Environment=E${index}=1`)}`,
      iniComment,
    );
    const verified = await run('systemd-analyze', ['verify', '--man=no', unit]);
    expect(verified.stderr.split('\n').filter((line) => line.includes('entries.service'))).toEqual([]);
  });

  it('sh: ShellCheck obeys none of them, so it finds problems below each', async () => {
    const path = write('script.sh', (all) => `#!/usr/bin/env bash\n${all((index) => `echo $x${index}`)}`, shComment);
    const { stdout } = await run('shellcheck', ['--format=json', '--include=SC2086', path]);
    expect(JSON.parse(stdout)).toHaveLength(texts.length);
  });

  it('sh: iptables-restore accepts every rule between them', () => {
    const rule = (index: number) => `-A COMMENTS -p tcp --dport ${index + 1} -j ACCEPT`;
    const file = write('rules', (all) => `*filter\n:COMMENTS - [0:0]\n${all(rule)}COMMIT\n`, shComment);
    must('sh', ['-c', `iptables-restore --noflush < ${file}`]);
    const rules = must('iptables', ['-S', 'COMMENTS']);
    expect(rules.match(/--dport \d+/g)).toEqual(each((index) => `--dport ${index + 1}`));
    must('iptables', ['-F', 'COMMENTS']);
    must('iptables', ['-X', 'COMMENTS']);
  });

  it('nft: accepts every rule between them', () => {
    const rule = (index: number) => `    tcp dport ${index + 1} accept`;
    const path = write('ruleset.nft', (all) => `table inet comments {\n  chain c {\n${all(rule)}  }\n}\n`, nftComment);
    must('nft', ['-f', path]);
    const listed = must('nft', ['list', 'table', 'inet', 'comments']);
    must('nft', ['delete', 'table', 'inet', 'comments']);
    expect(listed.match(/tcp dport \d+ accept/g)).toEqual(each((index) => `tcp dport ${index + 1} accept`));
  });

  it('SSH: sshd and ssh find every entry', () => {
    const server = write('sshd_config', (all) => all((index) => `AllowGroups g${index}`), sshComment);
    must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', `${folder}/host_key`]);
    const found = must('/usr/sbin/sshd', ['-T', '-f', server, '-h', `${folder}/host_key`]);
    expect(found.match(/^allowgroups \S+$/gm)).toEqual(each((index) => `allowgroups g${index}`));
    const client = write('ssh_config', (all) => `Host x\n${all((index) => `  SendEnv E${index}`)}`, sshComment);
    expect(must('ssh', ['-G', '-F', client, 'x']).match(/^sendenv \S+$/gm)).toEqual(
      each((index) => `sendenv E${index}`),
    );
  });

  it('haproxy.cfg: HAProxy finds each backend that is used, without a warning', async () => {
    accountNamed('haproxy');
    const path = write(
      'haproxy.cfg',
      (all) =>
        `defaults\n  mode tcp\n  timeout connect 1s\n  timeout client 1s\n  timeout server 1s\n${all(
          (index) => `backend b${index}\n  server s 127.0.0.1:${index + 1}`,
        )}frontend f\n  bind 127.0.0.1:7000\n${each((index) => `  use_backend b${index} if { src 127.0.0.${index % 256} }\n`).join('')}`,
      haproxyComment,
    );
    expect(await run('haproxy', ['-c', '-f', path])).toMatchObject({ code: 0, stderr: '' });
  });

  it('swanctl.conf: the parser of strongSwan accepts every entry', async () => {
    // It loads the plugin that the end of the file names, or says that there is none.
    const load = 'swanctl {\n  load = of-the-last-line\n}\n';
    const entry = (index: number) => `s${index} {\n  k = ${index}\n}`;
    const path = write('strongswan.conf', (all) => `${all(entry)}${load}`, swanctlComment);
    const said = async () => (await run('swanctl', ['--version'], { env: { STRONGSWAN_CONF: path } })).stderr;
    expect(await said()).toContain("plugin 'of-the-last-line'");
    expect(await said()).not.toMatch(/syntax error|invalid config/);
    writeFileSync(path, `s {\nk = 1\n}}\n${load}`);
    expect(await said()).not.toContain("plugin 'of-the-last-line'");
  });

  it('YAML: promtool finds every rule', () => {
    const rule = (index: number) => `      - alert: A${index}\n        expr: up == ${index}`;
    const path = write('rules.yaml', (all) => `groups:\n  - name: g\n    rules:\n${all(rule)}`, yamlComment);
    expect(must('promtool', ['check', 'rules', path])).toContain(`SUCCESS: ${texts.length} rules found`);
  });
});
