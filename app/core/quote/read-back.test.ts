import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface ReadBack {
  /** The program or parser that reads the strings back. */
  readonly by: string;
  readonly file: string;
  /** Part of the test's name. */
  readonly test: string;
}

const unit = 'app/core/quote/quote.test.ts';
const tools = 'e2e/server/tools/read-back.test.ts';
const names = 'e2e/server/proofs/hostile-names.test.ts';

/** Who reads back what each module of this folder quotes. A new module names its test here. */
const readBacks: Readonly<Record<string, ReadBack>> = {
  adonet: { by: 'a reader of our own: no .NET here', file: unit, test: 'a string is read back by the rules' },
  bicep: { by: 'a reader of our own: no compiler here', file: unit, test: 'a string is read back by the rules' },
  conf: { by: 'PostgreSQL 11 to 19', file: 'e2e/server/proofs/quoting.test.ts', test: 'reads every value' },
  conninfo: { by: 'libpq', file: tools, test: 'conninfo: ' },
  fail2ban: { by: "Python's re, which fail2ban uses", file: tools, test: 'fail2ban: ' },
  haproxy: { by: 'HAProxy', file: 'e2e/lab/haproxy.test.ts', test: 'HAProxy reads without a warning' },
  hba: { by: 'PostgreSQL 11 to 19', file: names, test: 'means exactly those names' },
  hcl: { by: "HashiCorp's HCL parser", file: 'app/core/quote/hcl.test.ts', test: 'HCL: ' },
  ini: { by: 'libpq', file: tools, test: 'ini: ' },
  json: { by: 'JSON.parse', file: unit, test: 'JSON, which is JavaScript' },
  markdown: { by: 'marked', file: 'app/core/quote/markdown.test.ts', test: 'is text by marked' },
  nft: { by: 'nft', file: 'e2e/server/tools/packets.ts', test: 'allows what the model says' },
  openssl: { by: 'openssl', file: tools, test: 'openssl: ' },
  pgbouncer: { by: 'PgBouncer', file: 'e2e/lab/pgbouncer.test.ts', test: 'reads every line without a warning' },
  powershell: { by: 'a reader of our own: no PowerShell here', file: unit, test: 'a string is read back by the rules' },
  prometheus: {
    by: 'promtool',
    file: 'e2e/server/tools/prometheus.test.ts',
    test: 'distinguish each role by its name',
  },
  psql: { by: 'psql', file: names, test: 'means exactly those names' },
  python: { by: 'Python', file: tools, test: 'python: ' },
  sh: { by: 'bash', file: unit, test: 'sh: a word is one argument' },
  sql: { by: 'PostgreSQL 11 to 19', file: names, test: 'means exactly those names' },
  ssh: { by: 'ssh', file: tools, test: 'ssh: ' },
  swanctl: { by: 'charon', file: 'e2e/server/tools/vpn-plans.test.ts', test: 'has the connections of the plan' },
  systemd: { by: 'systemd', file: 'e2e/lab/rollout/systemd-text.test.ts', test: 'systemd: every text' },
  ufw: { by: 'ufw', file: 'e2e/server/tools/firewall.ts', test: 'allow the clients and the administrators' },
  uri: { by: 'libpq', file: tools, test: 'uri: ' },
  xml: { by: "Python's parser of XML", file: tools, test: 'xml: ' },
  yaml: { by: 'yaml', file: unit, test: 'YAML: ' },
};

/**
 * Modules that quote no value: the template tag, the layout of several lines, measures of text, and comments, which a
 * reader of each language reads in bundle/comments.test.ts.
 */
const noLanguage = ['comment', 'distance', 'lines', 'template', 'utf8'];

test('every quoting module has a test in which a reader of its language reads the strings back', () => {
  const modules = readdirSync('app/core/quote').flatMap((file) => /^([^.]+)\.ts$/.exec(file)?.[1] ?? []);
  expect(
    modules.filter((name) => !noLanguage.includes(name)).sort(),
    'Give each module of core/quote its line in this file, with the test that reads it back.',
  ).toEqual(Object.keys(readBacks).sort());
});

test.each(Object.entries(readBacks))('what %s quotes is read back in a test that is there', (_, { file, test }) => {
  expect(readFileSync(file, 'utf8')).toContain(test);
});
