import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, Block } from '../file.ts';
import { type Azure, type AzureGroup, type AzureRule, azureGroups, azureOf, overLimit } from './azure.ts';

/** `network-security-groups.sh` and its undo. */
export const azureCli: Artifact = {
  page: 'azure-nsg',
  render(model) {
    const azure = azureOf(model);
    if (azure?.format !== 'cli') return [];
    const shared = { machine: 'your-machine', language: 'sh', mode: 0o755 } as const;
    const groups = azureGroups(model, azure);
    if (overLimit(groups)) return [];
    return [
      {
        ...shared,
        path: 'your-machine/cloud/network-security-groups.sh',
        title: say('azure.title'),
        intro: [say('azure.intro'), say('azure.attach')],
        blocks: [start(azure), { lines: [...looking, ...writing, ...removing] }, ...groups.flatMap(groupBlocks)],
      },
      {
        ...shared,
        path: 'your-machine/cloud/network-security-groups-undo.sh',
        purpose: 'undo',
        title: say('azure.undoTitle'),
        blocks: [
          start(azure, false),
          { lines: [...looking, ...removing] },
          {
            lines: groups.flatMap(({ name }) => [
              sh`group=${shWord(name)}`,
              sh`keep=' '`,
              sh`if has_group; then remove_others; fi`,
            ]),
            reason: { message: say('azure.undo'), path: 'cloud.provider' },
          },
        ],
      },
    ];
  },
};

const start = ({ resourceGroup, location }: Azure, making = true): Block<'sh'> => ({
  lines: [
    ...lines(sh`
    set -euo pipefail
    command -v az >/dev/null || { echo 'The Azure CLI is not installed: learn.microsoft.com/cli/azure' >&2; exit 1; }
    resources=${shWord(resourceGroup)}
  `),
    ...(making ? [sh`location=${shWord(location)}`] : []),
  ],
});

/** Queried once and outside of any condition, so that a failed query stops the script. */
const looking = lines(sh`
  groups=$(az network nsg list --resource-group "$resources" --query '[].name' --output tsv)
  has_group() { grep -qixF -- "$group" <<<"$groups"; }
`);

/** `az network nsg create` replaces an existing group, with all its rules. */
const writing = lines(sh`
  need_group() {
    has_group || az network nsg create --resource-group "$resources" --name "$group" --location "$location" --output none
  }
  look_around() { # first and last priority of ours; rules of others
    local others priority access name
    others=$(az network nsg rule list --resource-group "$resources" --nsg-name "$group" --output tsv \
      --query "[?direction=='Inbound' && !starts_with(name, 'postern-')].[priority,access,name]")
    while read -r priority access name; do
      [ -n "$priority" ] || continue
      if [ "$priority" -lt "$1" ]; then
        echo "$group: $name ($access, $priority) decides before the rules of the plan. Check what it allows." >&2
      elif [ "$priority" -le "$2" ]; then
        echo "$group: $name has priority $priority, which the plan needs. Change its priority, or the first priority in the plan. This group was not changed." >&2
        return 1
      fi
    done <<<"$others"
  }
  rule() { # name and the rest of the rule
    az network nsg rule create --resource-group "$resources" --nsg-name "$group" --direction Inbound --name "$@" --output none
  }
`);

const removing = lines(sh`
  remove_others() { # rules of ours that are not to be kept
    local name
    az network nsg rule list --resource-group "$resources" --nsg-name "$group" \
      --query "[?starts_with(name, 'postern-')].name" --output tsv | while read -r name; do
      [[ $keep == *" $name "* ]] ||
        az network nsg rule delete --resource-group "$resources" --nsg-name "$group" --name "$name" </dev/null
    done
  }
`);

function groupBlocks({ name, host, rules }: AzureGroup): Block<'sh'>[] {
  const priorities = rules.map(({ priority }) => priority);
  const [first, last] = [Math.min(...priorities), Math.max(...priorities)];
  return [
    {
      lines: [sh``, sh`group=${shWord(name)}`, sh`need_group`, sh`look_around ${first} ${last}`],
      reason: { message: say(`aws.group.${host}` as 'aws.group.server', { name }), path: 'cloud.groupName' },
    },
    ...rules.map(
      (rule): Block<'sh'> => ({
        lines: [ruleCommand(rule)],
        reason: {
          message:
            rule.access === 'Deny' ? say('azure.deny') : say('aws.rules', { description: rule.description.slice(8) }),
          path: rule.path,
        },
      }),
    ),
    {
      lines: [sh`keep=${shWord(` ${rules.map((rule) => rule.name).join(' ')} `)}`, sh`remove_others`],
      reason: { message: say('azure.remove'), path: 'cloud.provider' },
    },
  ];
}

function ruleCommand({ name, priority, access, protocol, port, source, to, description }: AzureRule): Sh {
  const words = (texts: readonly string[]): Sh => join(texts.map(shWord), ' ');
  const from =
    source.kind === 'any'
      ? sh`--source-address-prefixes '*'`
      : source.kind === 'group'
        ? sh`--source-asgs ${shWord(source.name)}`
        : sh`--source-address-prefixes ${words(source.prefixes)}`;
  const target = to.length === 0 ? sh`'*'` : words(to);
  return sh`rule ${shWord(name)} --priority ${priority} --access ${shWord(access)} --protocol ${shWord(protocol)} ${from} --source-port-ranges '*' --destination-address-prefixes ${target} --destination-port-ranges ${port} --description ${shWord(description)}`;
}
