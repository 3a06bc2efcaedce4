import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultPlan } from '../../../plan/defaults.ts';
import { parsePlan } from '../../../plan/parse.ts';
import type { Plan } from '../../../plan/schema.ts';
import { type BundleFile, isGuide } from '../../file.ts';
import { generate } from '../../generate.ts';

const presets = new URL('../../../../../public/presets/', import.meta.url);

const plans: readonly { readonly name: string; readonly plan: Plan }[] = [
  ...(['direct', 'vpn', 'private', 'bastion'] as const).map((name) => ({ name, plan: defaultPlan(name) })),
  ...readdirSync(presets)
    .filter((name) => name !== 'index.json')
    .map((name) => {
      const parsed = parsePlan(JSON.parse(readFileSync(new URL(name, presets), 'utf8')));
      if (!parsed.ok) throw new Error(`${name} is no plan`);
      return { name, plan: parsed.value };
    }),
];

const textOf = (files: readonly BundleFile[], path: string) =>
  files.find((file) => file.path === path)?.content ?? `there is no ${path}`;

const commandsIn = (text: string) =>
  [...text.matchAll(/^```(?:sh|powershell)\n([\s\S]*?)^```/gm)].flatMap(([, lines = '']) =>
    lines.trimEnd().split('\n'),
  );

it('the runbook of the common direct case has ten commands, including its undo', () => {
  expect(commandsIn(textOf(generate(defaultPlan('direct')).files, 'README.md'))).toHaveLength(10);
});

it.each(plans)('each file of $name is used by a script or named in a guide', ({ plan }) => {
  const { files } = generate(plan);
  const guides = files.filter(isGuide).map(({ content }) => content);
  const told = (file: BundleFile) => {
    // A replica's files, and those of a standby, are named by the scripts that install them.
    const scripts = files.filter(
      ({ path, language }) => language === 'sh' && path.split('/')[0] === file.path.split('/')[0],
    );
    const base = file.path.slice(file.path.lastIndexOf('/') + 1);
    // apply.sh --undo undoes what a script has done; the script's own undo is for those who ran it by itself.
    const undone = file.path.includes('-undo.') && scripts.some(({ path }) => path.endsWith('/apply.sh'));
    return (
      undone ||
      guides.some((text) => text.includes(file.path) || text.includes(file.path.replaceAll('/', '\\'))) ||
      scripts.some(({ path, content }) => path !== file.path && content.includes(base))
    );
  };
  expect(files.filter((file) => !isGuide(file) && !told(file)).map(({ path }) => path)).toEqual([]);
});

it.each(plans)('the steps of $name are numbered from 1 on each machine', ({ plan }) => {
  for (const { content } of generate(plan).files.filter(isGuide)) {
    let last = 0;
    for (const line of content.split('\n')) {
      if (line.startsWith('## ')) last = 0;
      const [, number] = /^### (\d+)\. \S/.exec(line) ?? [];
      if (number === undefined) continue;
      last += 1;
      expect(Number(number)).toBe(last);
    }
  }
});

const direct = defaultPlan('direct');
const withFirewall = (kind: Plan['firewall']['kind'], more: Partial<Plan> = {}) =>
  generate({ ...direct, ...more, firewall: { ...direct.firewall, kind } }).files;
const withCertificate = (certificate: Plan['security']['certificate']) =>
  withFirewall('nftables', { security: { ...direct.security, certificate } });

it('rules of nftables are loaded by apply.sh, or by hand once their file is installed', () => {
  const files = withFirewall('nftables');
  expect(textOf(files, 'README.md')).not.toContain('nftables.sh');
  const manual = textOf(files, 'manual-steps.md');
  expect(manual).toContain('sudo bash database-server/firewall/nftables.sh');
  expect(manual.indexOf('/etc/postern/postern.nft')).toBeLessThan(
    manual.indexOf('sudo bash database-server/firewall/nftables.sh'),
  );
});

it.each([
  ['ufw', 'ufw.sh', 'sudo ufw --force enable', 'sudo ufw status'],
  ['firewalld', 'firewalld.sh', 'sudo firewall-cmd --reload', 'sudo firewall-cmd --policy=postern --list-rich-rules'],
] as const)('the manual steps set the rules of %s with plain commands, and check them', (kind, script, last, check) => {
  const files = withFirewall(kind);
  expect(textOf(files, 'README.md')).not.toContain(script);
  const manual = textOf(files, 'manual-steps.md');
  expect(manual).not.toContain(script);
  const commands = commandsIn(manual);
  expect(commands.indexOf(check)).toBe(commands.indexOf(last) + 1);
  expect(manual.slice(manual.indexOf(check))).toMatch(/^.*\n```\n\n```text\n[^`]*5432/);
});

it.each([
  ['lets-encrypt', { source: 'lets-encrypt' }],
  ['existing', { source: 'existing', certificateFile: '/etc/db.crt', keyFile: '/etc/db.key', rootFile: null }],
] as const)('the folder of the server is copied there, also with certificates of %s', (_, certificate) => {
  expect(commandsIn(textOf(withCertificate(certificate), 'README.md'))).toContain(
    'scp -rp database-server db.example.com:',
  );
});

it('names the packages of programs with another package name, and certbot', () => {
  const row = (files: readonly BundleFile[]) =>
    /^\| Database server \| ([^|]*) \|/m.exec(textOf(files, 'README.md'))?.[1];
  expect(row(withFirewall('iptables'))).toBe('iptables, openssl');
  expect(row(withCertificate({ source: 'lets-encrypt' }))).toBe('nftables, certbot');
});

it('the runbook installs the certificate of a proxy that make-certificates.sh does not create', () => {
  const start = defaultPlan('bastion');
  if (start.network.pattern !== 'bastion') throw new Error('the pattern is another');
  const plan: Plan = {
    ...start,
    network: { ...start.network, proxy: { kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pgbouncer' } },
    security: { ...start.security, certificate: { ...start.security.certificate, source: 'lets-encrypt' } },
  };
  const runbook = textOf(generate(plan).files, 'README.md');
  const bastion = runbook.slice(runbook.indexOf('## Bastion'), runbook.indexOf('## Client machines'));
  expect(bastion).toMatch(
    /### \d\. Bring the certificate\n\nCopy next to install-pgbouncer.sh first: bastion.crt and bastion.key/,
  );
});

const commandsOf = (steps: readonly { readonly commands?: readonly string[] }[]) =>
  steps.flatMap(({ commands = [] }) => commands.flatMap((command) => command.split('\n')));

it.each(plans)('the steps of $name are those of its guides, in the same order', ({ plan }) => {
  const { files, steps, undo } = generate(plan);
  const [install = '', undoing = ''] = textOf(files, 'README.md').split('\n## Undo\n');
  expect(commandsOf(steps.flatMap((machine) => machine.steps))).toEqual(commandsIn(install));
  expect(commandsOf(undo)).toEqual(commandsIn(undoing));
  // The steps that apply.sh doesn't do remain.
  const manual = commandsOf(steps.flatMap((machine) => machine.manual ?? []));
  expect(commandsIn(textOf(files, 'manual-steps.md')).filter((line) => !manual.includes(line))).toEqual([]);
});

it('the manual steps have ufw commands instead of its script, and no step of apply.sh twice', () => {
  const server = generate({ ...direct, firewall: { ...direct.firewall, kind: 'ufw' } }).steps.find(
    ({ machine }) => machine === 'database-server',
  );
  const manual = server?.manual ?? [];
  const commands = manual.flatMap((step) => step.commands ?? []);
  expect(commands.filter((line) => line.startsWith('sudo ufw ')).at(-2)).toBe('sudo ufw --force enable');
  expect(commands).toContain('sudo ufw status');
  expect(commands.join('\n')).not.toContain('ufw.sh');
  expect(commands.filter((line) => line.includes('apply.sh'))).toEqual([
    'sudo bash database-server/apply.sh --save',
    'sudo bash database-server/apply.sh --confirm',
  ]);
  expect(manual.at(-1)?.title).toBe('Set the passwords');
});

describe('manual steps with OAuth', () => {
  const oauth = {
    method: 'oauth',
    issuer: 'https://login.example.com',
    scope: 'openid',
    validator: 'pg_oidc_validator',
    options: [],
    clientId: null,
    mapping: { kind: 'map', identities: ['maria'] },
  } as const;
  const planOf = (
    pattern: Plan['network']['pattern'],
    platform: Plan['server']['platform'],
    endpoint: Plan['clients'][number]['endpoint'] = 'primary',
  ): Plan => {
    const start = defaultPlan(pattern);
    const network =
      start.network.pattern === 'private'
        ? { ...start.network, replicas: [{ name: 'replica.example.com', addresses: ['10.0.2.11'] }] }
        : start.network;
    const clients = start.clients.slice(0, 1).map((client) => ({ ...client, auth: oauth, endpoint }));
    const server = { ...start.server, platform, major: 18, port: 5433 };
    const parsed = parsePlan({ ...start, network, server, clients, rollout: start.rollout });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    return parsed.value;
  };
  const serverCommands = (plan: Plan) => {
    const { files } = generate(plan);
    const manual =
      files.find(({ path }) => path === 'manual-steps.md') ?? files.find(({ path }) => path === 'README.md');
    const [, section = ''] = /^## Database server$([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(manual?.content ?? '') ?? [];
    return { section, commands: commandsIn(section) };
  };

  it.each([
    ['direct', 'debian'],
    ['private', 'debian'],
    ['direct', 'docker'],
    ['direct', 'macos'],
    ['direct', 'windows'],
  ] as const)('reload and check all rules before the restart: %s, %s', (pattern, platform) => {
    const plan = planOf(pattern, platform);
    const { commands, section } = serverCommands(plan);
    const checks = commands.flatMap((command, at) => (command.includes('FROM pg_hba_file_rules') ? [at] : []));
    const [some = -1, all = -1] = checks;
    const reload = commands.findIndex((command) => command.includes('SELECT pg_reload_conf()'));
    const restart = commands.findIndex((command) => /restart/i.test(command) && !command.includes('SELECT'));
    expect(checks).toHaveLength(2);
    expect(commands[some]).toContain('oauth_validator_libraries');
    expect(commands[all]).not.toContain('oauth_validator_libraries');
    expect([some, reload, all, restart]).toEqual([some, reload, all, restart].toSorted((one, other) => one - other));
    expect(some).toBeGreaterThan(commands.findIndex((command) => command.includes('pg_hba.conf')));
    expect(section).toContain('do not restart PostgreSQL: put the earlier pg_hba.conf');
    // Without apply.sh the step that loads the library is one of the manual steps.
    const loading = commands.filter((command) => command.includes('LOAD ')).length;
    expect(loading).toBe(platform === 'macos' || platform === 'windows' ? 1 : 0);
    expect(section.match(/If that isn't 5433, use the current one/g)).toHaveLength(3 + loading);
  });

  it('check all rules at once where only the replicas use OAuth', () => {
    const { commands } = serverCommands(planOf('private', 'debian', 'replica'));
    expect(commands.filter((command) => command.includes('FROM pg_hba_file_rules'))).toEqual([
      expect.not.stringContaining('oauth_validator_libraries'),
    ]);
  });

  it('say to remove an earlier block of the rules and of the maps', () => {
    const plan = planOf('direct', 'debian');
    const { section } = serverCommands({ ...plan, server: { ...plan.server, rules: 'merge' } });
    for (const file of ['pg_hba.conf', 'pg_ident.conf']) expect(section).toContain(`If ${file} already has a block`);
  });
});
