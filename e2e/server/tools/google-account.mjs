#!/usr/bin/env node
/**
 * A fake `gcloud`: a project in a file ($CLOUD_ACCOUNT) whose firewall rules answer as the reference of `gcloud compute
 * firewall-rules` says. It records the rules after every change, and rejects every flag that the reference does not
 * have and every value that the API does not accept.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.env.CLOUD_ACCOUNT;
const account = JSON.parse(readFileSync(file, 'utf8'));
const [group, kind, verb, ...words] = process.argv.slice(2);
const save = () => writeFileSync(file, JSON.stringify(account));
const fail = (text) => {
  save();
  process.stderr.write(`ERROR: (gcloud.compute.firewall-rules.${verb}) ${text}\n`);
  process.exit(1);
};

account.calls += 1;
if (account.breaksAt === account.calls) fail('There was a problem refreshing your current auth tokens');
if (group !== 'compute' || kind !== 'firewall-rules') fail('Invalid choice');

/** The synopsis of each command, without flags that no rule here uses. */
const FLAGS = {
  list: ['project', 'quiet', 'format', 'filter', 'sort-by', 'limit', 'uri', 'regexp'],
  create: [
    ...['project', 'quiet', 'action', 'allow', 'description', 'destination-ranges', 'direction', 'disabled', 'network'],
    ...['priority', 'rules', 'source-ranges', 'source-service-accounts', 'source-tags', 'target-service-accounts'],
    'target-tags',
  ],
  update: [
    ...[
      'project',
      'quiet',
      'allow',
      'description',
      'destination-ranges',
      'disabled',
      'no-disabled',
      'priority',
      'rules',
    ],
    ...['source-ranges', 'source-service-accounts', 'source-tags', 'target-service-accounts', 'target-tags'],
  ],
  delete: ['project', 'quiet'],
};
const BARE = ['quiet', 'disabled', 'no-disabled', 'uri'];
if (!FLAGS[verb]) fail(`Invalid choice: '${verb}'`);
const names = words.filter((word) => !word.startsWith('--'));
const flags = new Map(
  words.filter((word) => word.startsWith('--')).map((word) => /^--([^=]+)(?:=(.*))?$/s.exec(word).slice(1)),
);
for (const [flag, value] of flags) {
  if (!FLAGS[verb].includes(flag)) fail(`unrecognized arguments: --${flag}`);
  if (BARE.includes(flag) !== (value === undefined))
    fail(`argument --${flag}: expected ${value === undefined ? 'one' : 'no'} argument`);
}
if (flags.get('project') !== account.project) fail('The project does not exist');
if (names.length !== (verb === 'list' ? 0 : 1)) fail('argument NAME: one is needed');
const [name] = names;
const list = (flag) => flags.get(flag)?.split(',');
const found = account.rules.find((rule) => rule.name === name);
const LABEL = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const OCTET = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const RANGE = new RegExp(
  `^(${OCTET}(\\.${OCTET}){3}/(3[0-2]|[12]?\\d)|[0-9a-f:]*:[0-9a-f:]*/(12[0-8]|1[01]\\d|[1-9]?\\d))$`,
);

/** The flags of a rule. */
function told() {
  const [protocol, port] = (flags.get('rules') ?? '').split(':');
  return {
    ...(flags.has('rules') && { protocol, port: Number(port) }),
    ...(flags.has('priority') && { priority: Number(flags.get('priority')) }),
    ...(flags.has('source-ranges') && { ranges: list('source-ranges') }),
    ...(flags.has('source-tags') && { tags: list('source-tags') }),
    ...(flags.has('target-tags') && { targets: list('target-tags') }),
    ...(flags.has('description') && { description: flags.get('description') }),
    ...(flags.has('disabled') && { disabled: true }),
    ...(flags.has('no-disabled') && { disabled: false }),
  };
}

function judged(rule) {
  if (!LABEL.test(rule.name)) fail("Invalid value for field 'resource.name'");
  if (!['tcp', 'udp'].includes(rule.protocol) || !(rule.port > 0 && rule.port < 65536))
    fail('argument --rules: bad value');
  if (!(rule.priority >= 0 && rule.priority <= 65535)) fail("Invalid value for field 'resource.priority'");
  if (rule.description.length > 2048) fail("Invalid value for field 'resource.description'");
  for (const tag of [...rule.tags, ...rule.targets]) if (!LABEL.test(tag)) fail(`Invalid value for a tag: ${tag}`);
  for (const range of rule.ranges)
    if (!RANGE.test(range)) fail(`Invalid value for field 'resource.sourceRanges': ${range}`);
  if (new Set(rule.ranges.map((range) => range.includes(':'))).size > 1)
    fail('IPv4 and IPv6 ranges cannot be mixed in one rule');
  if (rule.ranges.length > 256) fail('Too many source ranges');
  // Without a source a rule is for everyone.
  if (rule.ranges.length === 0 && rule.tags.length === 0) return { ...rule, ranges: ['0.0.0.0/0'] };
  return rule;
}

const changed = () => account.history.push(structuredClone(account.rules));

switch (verb) {
  case 'list':
    if (
      flags.get('format') !==
      'value[separator="|"](name,network.basename(),direction,disabled,priority,targetTags.list(),targetServiceAccounts.list(),description)'
    )
      fail('a projection that this stand-in does not know');
    for (const rule of account.rules)
      process.stdout.write(
        `${[rule.name, rule.network, rule.direction, rule.disabled ? 'True' : 'False', rule.priority, rule.targets.join(','), '', rule.description].join('|')}\n`,
      );
    break;
  case 'create': {
    if (found) fail(`The resource '${name}' already exists`);
    if (account.rules.length >= account.quota) fail("Quota 'FIREWALLS' exceeded");
    const action = flags.get('action');
    if (!['ALLOW', 'DENY'].includes(action) || !flags.has('rules')) fail('argument --action: bad value');
    if (flags.get('direction') !== 'INGRESS') fail('argument --direction: bad value');
    if (!account.networks.includes(flags.get('network'))) fail('The network does not exist');
    const usual = { priority: 1000, ranges: [], tags: [], targets: [], description: '', disabled: false };
    account.rules.push(
      judged({ ...usual, name, action, direction: 'INGRESS', network: flags.get('network'), ...told() }),
    );
    changed();
    break;
  }
  case 'update': {
    if (!found) fail('The resource was not found');
    const next = judged({ ...found, ...told() });
    const same = JSON.stringify(next) === JSON.stringify(found);
    account.rules = account.rules.map((rule) => (rule === found ? next : rule));
    if (!same) changed();
    break;
  }
  case 'delete':
    if (!flags.has('quiet')) fail('This command asks, and nobody answers');
    if (!found) fail('The resource was not found');
    account.rules = account.rules.filter((rule) => rule !== found);
    changed();
    break;
}
save();
