import { say } from '../../messages/message.ts';
import { jsonValue } from '../../quote/json.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shEmbed, shWord } from '../../quote/sh.ts';
import type { Artifact, Block } from '../file.ts';
import { type Aws, type AwsGroup, type AwsRule, awsGroups, awsOf, MARK, overLimit } from './aws.ts';

/** `security-groups.sh` and its undo: idempotent commands that make the group match the plan. */
export const awsCli: Artifact = {
  page: 'aws-security-group',
  render(model) {
    const aws = awsOf(model);
    if (aws?.format !== 'cli') return [];
    const script = { machine: 'your-machine', language: 'sh', mode: 0o755 } as const;
    const groups = awsGroups(model, aws);
    if (overLimit(groups, aws)) return [];
    return [
      {
        ...script,
        path: 'your-machine/cloud/security-groups.sh',
        title: say('aws.title'),
        intro: [say('aws.intro'), say('aws.attach')],
        blocks: [
          start(aws),
          { lines: [...shared(aws), ...allowFunction] },
          ...groups.flatMap((group) => groupBlocks(aws, group)),
        ],
      },
      {
        ...script,
        path: 'your-machine/cloud/security-groups-undo.sh',
        purpose: 'undo',
        title: say('aws.undoTitle'),
        blocks: [
          start(aws),
          { lines: [...shared(aws), ...undoFunction] },
          {
            lines: groups.map(({ name }) => sh`take_back ${shWord(name)}`),
            reason: { message: say('aws.undo'), path: 'cloud.provider' },
          },
        ],
      },
    ];
  },
};

const start = ({ region, vpc }: Aws): Block<'sh'> => ({
  lines: [
    ...lines(sh`
      set -euo pipefail
      command -v aws >/dev/null || { echo 'The AWS CLI is not installed: docs.aws.amazon.com/cli' >&2; exit 1; }
      export AWS_REGION=${shWord(region)} AWS_PAGER=''
    `),
    ...(vpc === null
      ? lines(sh`
          [ -n "\${VPC_ID:-}" ] || { echo 'Set VPC_ID to the ID of the VPC of the database server, such as vpc-0123456789abcdef0.' >&2; exit 1; }
        `)
      : []),
  ],
  ...(vpc === null && { reason: { message: say('aws.vpc'), path: 'cloud.vpc' } }),
});

const vpcWord = (vpc: string | null): Sh => (vpc === null ? sh`"$VPC_ID"` : shWord(vpc));

/** What both scripts need: the group by its name, and which of its rules were created by Postern. */
const shared = ({ vpc }: Aws): Sh[] =>
  lines(sh`
    group_id() { # name; prints the id, or None
      aws ec2 describe-security-groups --filters "Name=group-name,Values=$1" Name=vpc-id,Values=${vpcWord(vpc)} \
        --query 'SecurityGroups[0].GroupId' --output text
    }
    own_rules() { # id, protocol, port and source of each rule of ours
      aws ec2 describe-security-group-rules --filters "Name=group-id,Values=$group" --output text \
        --query "SecurityGroupRules[?!IsEgress && starts_with(Description || '', '${shWord(MARK)} ')].[SecurityGroupRuleId,IpProtocol,FromPort,CidrIpv4 || CidrIpv6 || ReferencedGroupInfo.GroupId]"
    }
    revoke_others() { # the rules to keep stand in $keep, as protocol, port and source
      local id protocol port source
      own_rules | while read -r id protocol port source; do
        case "$keep" in
          *"|$protocol $port $source|"*) ;;
          *) aws ec2 revoke-security-group-ingress --group-id "$group" --security-group-rule-ids "$id" </dev/null >/dev/null ;;
        esac
      done
    }
  `);

const allowFunction = lines(sh`
  allow() { # one rule as JSON; one that is there already is as good
    local said
    said=$(aws ec2 authorize-security-group-ingress --group-id "$group" --ip-permissions "$1" 2>&1) && return 0
    [[ $said == *InvalidPermission.Duplicate* ]] || { echo "$said" >&2; return 1; }
  }
  show_others() { # rules that somebody else made
    local others
    others=$(aws ec2 describe-security-group-rules --filters "Name=group-id,Values=$group" --output text \
      --query "SecurityGroupRules[?!IsEgress && !starts_with(Description || '', '${shWord(MARK)} ')].[SecurityGroupRuleId,IpProtocol,FromPort,ToPort,CidrIpv4 || CidrIpv6 || ReferencedGroupInfo.GroupId || PrefixListId]")
    [ -z "$others" ] || printf 'Rules of others in %s, which let in more than the plan:\n%s\n' "$group" "$others" >&2
  }
`);

const undoFunction = lines(sh`
  take_back() { # name
    group=$(group_id "$1")
    [ "$group" != None ] || return 0
    keep='|'
    revoke_others
    local made
    made=$(aws ec2 describe-security-groups --group-ids "$group" --output text \
      --query 'SecurityGroups[0].[Description, length(IpPermissions)]')
    if [ "$made" != $'Made by Postern\t0' ]; then
      echo "$1 ($group) is kept: it has other rules, or was not created by Postern. Postern's rules are removed from it." >&2
    else
      aws ec2 delete-security-group --group-id "$group" >/dev/null 2>&1 ||
        echo "$1 ($group) is kept, because a machine or a rule still uses it. Postern's rules are removed from it." >&2
    fi
  }
`);

function groupBlocks({ vpc }: Aws, { name, host, rules }: AwsGroup): Block<'sh'>[] {
  const keep = rules.map(({ protocol, port, source }) => `${protocol} ${port} ${source}`);
  return [
    {
      lines: lines(sh`

        group=$(group_id ${shWord(name)})
        if [ "$group" = None ]; then
          group=$(aws ec2 create-security-group --group-name ${shWord(name)} --vpc-id ${vpcWord(vpc)} \
            --description 'Made by Postern' --query GroupId --output text)
        fi
      `),
      reason: { message: say(`aws.group.${host}` as 'aws.group.server', { name }), path: 'cloud.groupName' },
    },
    ...byPath(rules).map(
      (same): Block<'sh'> => ({
        lines: same.map((rule) => sh`allow ${permission(rule)}`),
        reason: {
          message: say('aws.rules', { description: same[0]?.description.slice(MARK.length + 1) ?? '' }),
          path: same[0]?.path ?? 'cloud.provider',
        },
      }),
    ),
    {
      lines: [
        sh`keep=${shWord(`|${keep.join('|')}|`)}`,
        sh`revoke_others`,
        sh`show_others`,
        ...lines(sh`
          echo "${shWord(name)} is $group: attach it to the machine."
        `),
      ],
      reason: { message: say('aws.revoke'), path: 'cloud.provider' },
    },
  ];
}

/** Groups rules with the same description. */
function byPath(rules: readonly AwsRule[]): AwsRule[][] {
  const groups = new Map<string, AwsRule[]>();
  for (const rule of rules) groups.set(rule.description, [...(groups.get(rule.description) ?? []), rule]);
  return [...groups.values()];
}

function permission({ protocol, port, kind, source, description }: AwsRule): Sh {
  const Description = description;
  const from =
    kind === 'group'
      ? { UserIdGroupPairs: [{ GroupId: source, Description }] }
      : kind === 'cidr4'
        ? { IpRanges: [{ CidrIp: source, Description }] }
        : { Ipv6Ranges: [{ CidrIpv6: source, Description }] };
  return shEmbed(jsonValue([{ IpProtocol: protocol, FromPort: port, ToPort: port, ...from }]));
}
