import { execFileSync } from 'node:child_process';
import { parse as parseHcl } from '@cdktf/hcl2json';
import { marked, type Token } from 'marked';
import { beforeAll, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { defaultPlan, fileRules, type Plan, parsePlan } from '../index.ts';
import { everyField, replaced, strings } from '../testing/every-field.ts';
import { codeLines, powershellLines, sqlTokens, xmlTokens } from '../testing/languages.ts';
import type { BundleFile, Language } from './file.ts';
import { generate } from './generate.ts';
import { comments } from './render.ts';

/** Text that ends a comment, or splits it into several, in some language; and Markdown that links. */
const hostile = [
  '---><rule><accept/></rule>',
  '--!><img src=x> -- > --',
  'ends in a hyphen -',
  'ends in a backslash \\',
  '*/ b /* c #> d <# e <!-- f',
  'shellcheck disable=all',
  'vim: set fdm=expr : -*- eval: x -*-',
  '# postern-ignore-file: no-record',
  'SIG # Begin signature block',
  "'; DROP ROLE x; --",
  '"$(touch x)" `touch x` %h $x',
  'https://evil.example/x or www.evil.example',
  'a.b@evil.example or xmpp:a/b, [c](https://d.example)',
];

/** Letters only, so that every file, and the names of files, contain it unchanged. */
const BENIGN = 'zqtwinqz';

/** Makes values distinct, because a list rejects duplicates. */
const letters = (index: number) => String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26));

const cloud = { groupName: 'db', sources: null };
const azure = { ...cloud, provider: 'azure', resourceGroup: 'a', location: 'westeurope', firstPriority: 1000 } as const;

/** Plans that together contain every string of a plan and every language of a file. */
function plans(): Plan[] {
  const [direct, docker, windows, vpn, subnet, bastion] = everyField();
  if (!direct || !docker || !windows || !vpn || !subnet || !bastion) throw new Error('a pattern is missing');
  const withKind = (plan: Plan, kind: Plan['firewall']['kind']): Plan => ({
    ...plan,
    firewall: { ...plan.firewall, kind },
  });
  const separate = (plan: Plan, software: Extract<Plan['network'], { pattern: 'vpn' }>['software']): Plan =>
    plan.network.pattern !== 'vpn'
      ? plan
      : {
          ...plan,
          network: {
            ...plan.network,
            software,
            gateway: {
              ...plan.network.gateway,
              port: software.kind === 'wireguard' ? 51820 : 500,
              placement: 'separate',
              addresses: ['10.8.0.1', 'fd00:8::1'],
              privateAddresses: ['10.0.2.1', 'fd00:0:0:2::1'],
            },
            peers: plan.network.peers.map((peer, index) => ({
              ...peer,
              endpoint: null,
              publicKey: index === 0 ? null : peer.publicKey,
            })),
          },
        };
  const proxied = (proxy: Extract<Plan['network'], { pattern: 'bastion' }>['proxy']): Plan =>
    bastion.network.pattern !== 'bastion'
      ? bastion
      : {
          ...bastion,
          network: { ...bastion.network, proxy },
          clients: bastion.clients
            .filter(({ via }) => via === 'bastion')
            .map((client) => ({ ...client, auth: { method: 'scram' }, databases: ['app'] })),
        };
  return [
    withKind({ ...subnet, cloud: { ...azure, format: 'bicep' } }, 'firewalld'),
    withKind(direct, 'nftables'),
    docker,
    windows,
    separate(vpn, { kind: 'wireguard' }),
    separate(vpn, { kind: 'strongswan', authentication: 'psk' }),
    subnet,
    bastion,
    proxied({ kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pooler' }),
    proxied({ kind: 'haproxy', port: 5433 }),
  ];
}

interface Twins {
  readonly about: string;
  readonly benign: BundleFile;
  readonly hostile: BundleFile;
}

const twins: Twins[] = [];

/**
 * Every string of every plan that accepts free text contains each hostile value once, and in the other plan the
 * letters.
 */
beforeAll(() => {
  for (const [at, plan] of plans().entries()) {
    expect(issuesOf(plan)).toEqual([]);
    const paths = [...strings(plan)].filter(({ put }) => parsePlan(put(BENIGN)).ok).map(({ path }) => path);
    const plain = paths.map((_, index) => `${BENIGN}${letters(index)}`);
    const ours = generate(planOf(filled(plan, paths, plain))).files;
    for (const turn of hostile.keys()) {
      const values = paths.map((_, index) => `${letters(index)} ${hostile[(index + turn) % hostile.length]}`);
      pair(`plan ${at}, turn ${turn}`, ours, generate(mostHostile(plan, paths, values, plain)).files);
    }
  }
}, 300_000);

const issuesOf = (plan: unknown): string[] => {
  const parsed = parsePlan(plan);
  return parsed.ok ? [] : parsed.issues.map(({ path }) => path);
};

function planOf(plan: unknown): Plan {
  const parsed = parsePlan(plan);
  if (!parsed.ok) throw new Error(`not a plan: ${JSON.stringify(parsed.issues)}`);
  return parsed.value;
}

/** The plan with these values; a string that accepts letters and not this value keeps the letters. */
function mostHostile(plan: Plan, paths: readonly string[], values: readonly string[], plain: readonly string[]): Plan {
  let taken = values;
  for (;;) {
    const full = filled(plan, paths, taken);
    const refused = new Set(issuesOf(full));
    const next = taken.map((value, index) => (refused.has(paths[index] ?? '') ? (plain[index] ?? '') : value));
    if (next.every((value, index) => value === taken[index])) return planOf(full);
    taken = next;
  }
}

function filled(plan: unknown, paths: readonly string[], values: readonly string[]): unknown {
  return paths.reduce((all, path, index) => replaced(all, path.split('.'), values[index] ?? ''), plan);
}

function pair(about: string, benign: readonly BundleFile[], others: readonly BundleFile[]): void {
  expect(others.length, about).toBe(benign.length);
  for (const [index, one] of benign.entries()) {
    const other = others[index];
    if (other && other.content !== one.content)
      twins.push({ about: `${one.path} of ${about}`, benign: one, hostile: other });
  }
}

const of = (language: Language) => twins.filter(({ benign }) => benign.language === language);

/**
 * Both have the same shape, and the same text except where the benign one has its value: the tests of
 * quote/read-back.test.ts check how a value is read there.
 */
function expectTwins(benign: unknown, hostileOne: unknown, about: string): void {
  expect(shape(hostileOne, benign), about).toEqual(benign);
}

function shape(value: unknown, benign: unknown): unknown {
  if (typeof benign === 'string') return typeof value === 'string' && benign.includes(BENIGN) ? benign : value;
  if (typeof benign !== 'object' || benign === null || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(benign)) return Array.isArray(value) ? value.map((one, at) => shape(one, benign[at])) : value;
  const entries = Object.entries(benign);
  return Object.fromEntries(
    Object.entries(value).map(([key, one], at) => {
      const [name = '', other] = entries[at] ?? [];
      return [name.includes(BENIGN) ? name : key, shape(one, other)];
    }),
  );
}

/** How a program reads the file. */
const readers: { readonly [L in Exclude<Language, 'hcl' | 'sh'>]: (content: string) => unknown } = {
  bicep: (content) => codeLines(content, '//'),
  conf: (content) => codeLines(content, '#'),
  haproxy: (content) => codeLines(content, '#'),
  hba: (content) => fileRules(content, { major: 18 }).map(({ line_number: _, ...rule }) => rule),
  ini: (content) => codeLines(content, '#'),
  markdown: (content) => blocks(marked.lexer(content)),
  nft: (content) => codeLines(content, '#'),
  powershell: powershellLines,
  sql: sqlTokens,
  ssh: (content) => codeLines(content, '#'),
  swanctl: (content) => codeLines(content, '#'),
  xml: xmlTokens,
  yaml: (content) => parseYaml(content),
};

/** Blocks and spans; escapes and code are text, and adjacent pieces of text are joined. */
function blocks(tokens: readonly Token[]): unknown[] {
  const all: unknown[] = [];
  for (const token of tokens) {
    if (token.type === 'text' || token.type === 'escape' || token.type === 'codespan') {
      const inner = 'tokens' in token && token.tokens ? blocks(token.tokens) : [token.text];
      for (const one of inner) {
        if (typeof one === 'string' && typeof all.at(-1) === 'string') all[all.length - 1] += one;
        else all.push(one);
      }
    } else if (token.type === 'html') all.push({ comment: /^<!-- .* -->\s*$/.test(token.raw) });
    else if (token.type === 'code') all.push({ code: token.text });
    else if (token.type === 'list')
      all.push({ list: token.items.map(({ tokens: inner }: Token & { tokens: Token[] }) => blocks(inner)) });
    else if (token.type === 'table')
      all.push({
        table: [token.header, ...token.rows].map((row) =>
          row.map(({ tokens: cell }: { tokens: Token[] }) => blocks(cell)),
        ),
      });
    else if (token.type !== 'space')
      all.push({ [token.type]: 'tokens' in token ? blocks(token.tokens ?? []) : token.raw });
  }
  return all;
}

const inComments = ({ content, language }: BundleFile): boolean =>
  language === 'markdown' ||
  content.split('\n').some((line) => /^\s*(#|--|\/\/|<!--)/.test(line) && line.includes(BENIGN));

test('comments of every language contain free text of a plan, except those of SSH, which name only hosts', () => {
  const languages = Object.keys(comments) as Language[];
  expect(languages.filter((language) => !of(language).some(({ benign }) => inComments(benign)))).toEqual(['ssh']);
});

test.each(Object.keys(readers) as (keyof typeof readers)[])(
  '%s: a hostile string does not change what the file means',
  (language) => {
    const read = readers[language];
    for (const { about, benign, hostile: other } of of(language))
      expectTwins(read(benign.content), read(other.content), about);
  },
);

test('hcl: a hostile string does not change what the file means', async () => {
  for (const { about, benign, hostile: other } of of('hcl'))
    expectTwins(await parseHcl('a.tf', benign.content), await parseHcl('a.tf', other.content), about);
});

test('sh: a hostile string does not change what the script does, as bash prints it without its comments', () => {
  const scripts = [...new Set(of('sh').flatMap((both) => [both.benign.content, both.hostile.content]))];
  const functions = scripts.map((script, index) => `script_${index}() {\n${script}\n}\ndeclare -f script_${index}\n`);
  const printed = execFileSync('bash', { input: functions.join(''), encoding: 'utf8', maxBuffer: 1 << 30 });
  const bodies = new Map(
    printed
      .split(/^script_\d+ \(\) *\n/m)
      .slice(1)
      .map((body, index) => [scripts[index], codeLines(body, '#')]),
  );
  for (const { about, benign, hostile: other } of of('sh'))
    expectTwins(bodies.get(benign.content), bodies.get(other.content), about);
});

test("a client whose name closes a comment of firewalld's policy opens nothing with it", () => {
  const plan = defaultPlan('direct');
  const named = (name: string): string => {
    const clients = plan.clients.slice(0, 1).map((client) => ({ ...client, name }));
    const { files } = generate(planOf({ ...plan, clients, firewall: { ...plan.firewall, kind: 'firewalld' } }));
    return files.find(({ path }) => path.endsWith('/postern.xml'))?.content ?? '';
  };
  const rule = '<rule><port port="1-65535" protocol="tcp"/><accept/></rule>';
  const policy = named(`--->${rule}`);
  expect(policy).toContain(`- - ->${rule}`);
  expect(xmlTokens(policy)).toEqual(xmlTokens(named('office')));
});
