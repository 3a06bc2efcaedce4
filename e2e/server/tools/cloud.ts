import { parse } from '@cdktf/hcl2json';

/** One rule as in the text of a file; what a cloud would contain after applying it. */
export interface ReadRule {
  readonly group: string;
  readonly allow: boolean;
  readonly priority: number;
  readonly protocol: string;
  readonly port: number;
  /** Networks, `*`, or the names of groups. */
  readonly sources: readonly string[];
  /** Networks or `*`; AWS has no destination. */
  readonly destinations: readonly string[];
}

/** A word of a shell command as bash reads it, of the forms that the scripts use. */
export function words(line: string): string[] {
  const found: string[] = [];
  for (const [text] of line.matchAll(/(?:'[^']*'|\\'|[^\s'\\])+/g)) {
    found.push(
      text.replace(
        /'([^']*)'|\\(')/g,
        (_, inner: string | undefined, quote: string | undefined) => inner ?? quote ?? '',
      ),
    );
  }
  return found;
}

/** The rules that the AWS script authorizes, group by group. */
export function readAwsScript(content: string): ReadRule[] {
  let group = '';
  return content.split('\n').flatMap((line): ReadRule[] => {
    const named = /^ *group=\$\(group_id (\S+)\)$/.exec(line);
    if (named?.[1]) group = named[1];
    if (!line.startsWith('allow ')) return [];
    const permissions = JSON.parse(words(line)[1] ?? '');
    return permissions.map(
      (one: {
        IpProtocol: string;
        FromPort: number;
        ToPort: number;
        IpRanges?: { CidrIp: string }[];
        Ipv6Ranges?: { CidrIpv6: string }[];
        UserIdGroupPairs?: { GroupId: string }[];
      }): ReadRule => {
        if (one.FromPort !== one.ToPort) throw new Error(`a range of ports: ${line}`);
        return {
          group,
          allow: true,
          priority: 0,
          protocol: one.IpProtocol,
          port: one.FromPort,
          sources: [
            ...(one.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
            ...(one.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
            ...(one.UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId),
          ],
          destinations: ['*'],
        };
      },
    );
  });
}

interface TerraformRule {
  readonly security_group_id: string;
  readonly ip_protocol: string;
  readonly from_port: number;
  readonly to_port: number;
  readonly cidr_ipv4?: string;
  readonly cidr_ipv6?: string;
  readonly referenced_security_group_id?: string;
}

/** The ingress rules of a Terraform file, read by HashiCorp's own parser. */
export async function readTerraform(content: string): Promise<ReadRule[]> {
  const { resource } = await parse('postern.tf', content);
  const names = new Map<string, string>(
    Object.entries<{ name: string }[]>(resource.aws_security_group).map(([id, [group]]) => [
      `\${aws_security_group.${id}.id}`,
      group?.name ?? '',
    ]),
  );
  return Object.values<TerraformRule[]>(resource.aws_vpc_security_group_ingress_rule ?? {}).flatMap((rules) =>
    rules.map((rule): ReadRule => {
      if (rule.from_port !== rule.to_port) throw new Error('a range of ports');
      const source = rule.cidr_ipv4 ?? rule.cidr_ipv6 ?? rule.referenced_security_group_id;
      const group = names.get(rule.security_group_id);
      if (source === undefined || group === undefined) throw new Error(JSON.stringify(rule));
      return {
        group,
        allow: true,
        priority: 0,
        protocol: rule.ip_protocol,
        port: rule.from_port,
        sources: [source],
        destinations: ['*'],
      };
    }),
  );
}

/** The rules of the Azure script, from the words of its commands. */
export function readAzureScript(content: string): ReadRule[] {
  let group = '';
  return content.split('\n').flatMap((line): ReadRule[] => {
    const named = /^ *group=(\S+)$/.exec(line);
    if (named?.[1]) group = named[1];
    if (!line.startsWith('rule ')) return [];
    const options = new Map<string, string[]>();
    let current: string[] = [];
    for (const word of words(line).slice(2)) {
      if (word.startsWith('--')) {
        current = [];
        options.set(word, current);
      } else current.push(word);
    }
    const one = (name: string) => options.get(name)?.[0] ?? '';
    return [
      {
        group,
        allow: one('--access') === 'Allow',
        priority: Number(one('--priority')),
        protocol: one('--protocol').toLowerCase(),
        port: Number(one('--destination-port-ranges')),
        sources: options.get('--source-address-prefixes') ?? options.get('--source-asgs') ?? [],
        destinations: options.get('--destination-address-prefixes') ?? [],
      },
    ];
  });
}

/**
 * The rules of a Bicep file. No compiler is available here, so this parses the few forms that Postern writes and
 * rejects every other line.
 */
export function readBicep(content: string): ReadRule[] {
  const text = (quoted: string) => {
    const inner = /^'((?:[^'\\]|\\.)*)'$/.exec(quoted.trim())?.[1];
    if (inner === undefined || /(?<!\\)\$\{/.test(inner)) throw new Error(`no plain string: ${quoted}`);
    return inner.replace(/\\(.)/g, '$1');
  };
  const rules: { -readonly [Key in keyof ReadRule]: ReadRule[Key] }[] = [];
  let group = '';
  let level: 'file' | 'resource' | 'rule' = 'file';
  let list: string[] | undefined;
  for (const line of content.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('//') || line.startsWith('param location string = ')) continue;
    if (list) {
      const id = /^\{ id: resourceId\('Microsoft\.Network\/applicationSecurityGroups', (.*)\) \}$/.exec(line);
      if (line === ']') list = undefined;
      else list.push(text(id?.[1] ?? line));
      continue;
    }
    if (/^resource \w+ 'Microsoft\.Network\/networkSecurityGroups@[\d-]+' = \{$/.test(line)) {
      level = 'resource';
      continue;
    }
    if (line === '{') {
      level = 'rule';
      rules.push({ group, allow: false, priority: 0, protocol: '', port: 0, sources: [], destinations: [] });
      continue;
    }
    if (line === '}' || line === ']' || line === 'properties: {' || line === 'securityRules: [') continue;
    const [, key = '', value = ''] = /^(\w+): (.*)$/.exec(line) ?? [];
    const rule = rules.at(-1);
    if (level === 'resource' && key === 'name') group = text(value);
    else if (level === 'resource' && key === 'location') continue;
    else if (!rule) throw new Error(`not expected: ${line}`);
    else if (key === 'priority') rule.priority = Number(value);
    else if (key === 'access') rule.allow = text(value) === 'Allow';
    else if (key === 'protocol') rule.protocol = text(value).toLowerCase();
    else if (key === 'destinationPortRange') rule.port = Number(text(value));
    else if (key === 'sourceAddressPrefix') rule.sources = [text(value)];
    else if (key === 'destinationAddressPrefix') rule.destinations = [text(value)];
    else if (key === 'sourceAddressPrefixes' || key === 'sourceApplicationSecurityGroups') rule.sources = list = [];
    else if (key === 'destinationAddressPrefixes') rule.destinations = list = [];
    else if (!['name', 'description', 'direction', 'sourcePortRange'].includes(key))
      throw new Error(`not expected: ${line}`);
  }
  return rules;
}
