#!/usr/bin/env node
/**
 * A fake `aws` and `az`: an account in a file ($CLOUD_ACCOUNT) that answers as their documentation says, records the
 * state of the account after every change, and rejects every argument that the scripts are not known to use.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const file = process.env.CLOUD_ACCOUNT;
const account = JSON.parse(readFileSync(file, 'utf8'));
const [, program, ...args] = process.argv;

account.calls += 1;
const broken = account.breaksAt === account.calls;
const save = () => writeFileSync(file, JSON.stringify(account));
const fail = (text) => {
  save();
  process.stderr.write(`${text}\n`);
  process.exit(254);
};
const print = (rows) => process.stdout.write(rows.map((row) => `${[row].flat().join('\t')}\n`).join(''));

if (broken) fail('Connection was closed before we received a valid response.');

const verbs = [];
const options = new Map();
let current = verbs;
for (const word of args) {
  if (word.startsWith('--')) {
    current = [];
    options.set(word.slice(2), current);
  } else current.push(word);
}
const one = (name) => options.get(name)?.[0];
const known = (...names) => {
  for (const name of options.keys()) if (!names.includes(name)) fail(`Unknown options: --${name}`);
};

const changed = () => account.history.push(structuredClone(account.groups));
(basename(program) === 'aws' ? aws : az)(verbs.join(' '));
save();

function aws(command) {
  const group = account.groups.find(({ id }) => id === one('group-id') || id === one('group-ids'));
  const filter = (name) =>
    options
      .get('filters')
      ?.find((text) => text.startsWith(`Name=${name},Values=`))
      ?.replace(/^.*Values=/, '');
  const sources = (rule) => rule.source ?? 'None';
  switch (command) {
    case 'ec2 describe-security-groups': {
      known('filters', 'group-ids', 'query', 'output');
      const found =
        group ?? account.groups.find((of) => of.name === filter('group-name') && of.vpc === filter('vpc-id'));
      if (one('query') === 'SecurityGroups[0].GroupId') return print([found?.id ?? 'None']);
      if (one('query') !== 'SecurityGroups[0].[Description, length(IpPermissions)]') fail('an unknown query');
      // Rules of one protocol and port are one permission.
      return print([[found.description, new Set(found.rules.map((rule) => `${rule.protocol} ${rule.port}`)).size]]);
    }
    case 'ec2 create-security-group':
      known('group-name', 'vpc-id', 'description', 'query', 'output');
      if (account.groups.some(({ name }) => name === one('group-name'))) fail('InvalidGroup.Duplicate');
      account.groups.push({
        id: `sg-${(account.next++).toString(16).padStart(17, '0')}`,
        name: one('group-name'),
        vpc: one('vpc-id'),
        description: one('description'),
        rules: [],
      });
      changed();
      return print([account.groups.at(-1).id]);
    case 'ec2 authorize-security-group-ingress': {
      known('group-id', 'ip-permissions');
      if (!group) fail('InvalidGroup.NotFound');
      for (const permission of JSON.parse(one('ip-permissions'))) {
        const from = [
          ...(permission.IpRanges ?? []).map((range) => [range.CidrIp, range.Description]),
          ...(permission.Ipv6Ranges ?? []).map((range) => [range.CidrIpv6, range.Description]),
          ...(permission.UserIdGroupPairs ?? []).map((pair) => [pair.GroupId, pair.Description]),
        ];
        for (const [source, description] of from) {
          if (!/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/.test(description))
            fail('InvalidParameterValue: description');
          const rule = { protocol: permission.IpProtocol, port: permission.FromPort, source };
          if (group.rules.some((of) => of.protocol === rule.protocol && of.port === rule.port && of.source === source))
            fail(
              `An error occurred (InvalidPermission.Duplicate): the specified rule "peer: ${source}" already exists`,
            );
          group.rules.push({ id: `sgr-${account.next++}`, ...rule, description });
        }
      }
      return changed();
    }
    case 'ec2 describe-security-group-rules': {
      known('filters', 'query', 'output');
      const found = account.groups.find(({ id }) => id === filter('group-id'));
      const ours = /\?!IsEgress && starts_with\(Description \|\| '', 'postern '\)\]/.test(one('query'));
      const others = /\?!IsEgress && !starts_with\(Description \|\| '', 'postern '\)\]/.test(one('query'));
      if (ours === others) fail('an unknown query');
      return print(
        found.rules
          .filter((rule) => rule.description.startsWith('postern ') === ours)
          .map((rule) =>
            ours
              ? [rule.id, rule.protocol, rule.port, sources(rule)]
              : [rule.id, rule.protocol, rule.port, rule.port, sources(rule)],
          ),
      );
    }
    case 'ec2 revoke-security-group-ingress': {
      known('group-id', 'security-group-rule-ids');
      const before = group.rules.length;
      group.rules = group.rules.filter(({ id }) => id !== one('security-group-rule-ids'));
      if (group.rules.length === before) fail('InvalidSecurityGroupRuleId.NotFound');
      return changed();
    }
    case 'ec2 delete-security-group':
      known('group-id');
      if (account.attached.includes(group.name)) fail('DependencyViolation');
      account.groups = account.groups.filter((of) => of !== group);
      return changed();
    default:
      fail(`aws: unknown command ${command}`);
  }
}

function az(command) {
  const name = one('nsg-name') ?? one('name');
  const group = account.groups.find((of) => of.name.toLowerCase() === name?.toLowerCase());
  switch (command) {
    case 'network nsg list':
      known('resource-group', 'query', 'output');
      if (one('query') !== '[].name') fail('an unknown query');
      return print(account.groups.map((of) => of.name));
    case 'network nsg create':
      known('resource-group', 'name', 'location', 'output');
      // An existing group is replaced, with all its rules.
      account.groups = [...account.groups.filter((of) => of !== group), { name, rules: [] }];
      return changed();
    case 'network nsg rule list': {
      known('resource-group', 'nsg-name', 'query', 'output');
      if (!group) fail('ResourceNotFound');
      if (one('query') === "[?starts_with(name, 'postern-')].name")
        return print(group.rules.map((rule) => rule.name).filter((text) => text.startsWith('postern-')));
      if (one('query') !== "[?direction=='Inbound' && !starts_with(name, 'postern-')].[priority,access,name]")
        fail('an unknown query');
      return print(
        group.rules
          .filter((rule) => !rule.name.startsWith('postern-'))
          .map((rule) => [rule.priority, rule.access, rule.name]),
      );
    }
    case 'network nsg rule create': {
      known(
        ...[
          'resource-group',
          'nsg-name',
          'direction',
          'name',
          'priority',
          'access',
          'protocol',
          'description',
          'output',
        ],
        ...['source-address-prefixes', 'source-asgs', 'source-port-ranges'],
        ...['destination-address-prefixes', 'destination-port-ranges'],
      );
      if (!group) fail('ResourceNotFound');
      const rule = {
        name: one('name'),
        priority: Number(one('priority')),
        access: one('access'),
        protocol: one('protocol').toLowerCase(),
        port: Number(one('destination-port-ranges')),
        sources: options.get('source-address-prefixes') ?? options.get('source-asgs'),
        destinations: options.get('destination-address-prefixes'),
      };
      if (one('direction') !== 'Inbound' || rule.priority < 100 || rule.priority > 4096) fail('InvalidRule');
      if (one('description').length > 140) fail('SecurityRuleInvalidDescription');
      const families = new Set(
        [...(options.get('source-address-prefixes') ?? []), ...rule.destinations]
          .filter((text) => text !== '*')
          .map((text) => text.includes(':')),
      );
      if (families.size > 1) fail('SecurityRuleParameterContainsMixedFamilies');
      if (group.rules.some((of) => of.name !== rule.name && of.priority === rule.priority))
        fail('SecurityRuleConflict');
      group.rules = [...group.rules.filter((of) => of.name !== rule.name), rule];
      return changed();
    }
    case 'network nsg rule delete':
      known('resource-group', 'nsg-name', 'name');
      // `--name` is the name of the rule here.
      account.groups.find((of) => of.name === one('nsg-name')).rules = account.groups
        .find((of) => of.name === one('nsg-name'))
        .rules.filter((rule) => rule.name !== one('name'));
      return changed();
    default:
      fail(`az: unknown command ${command}`);
  }
}
