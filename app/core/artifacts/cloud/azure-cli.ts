import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Block } from '../file.ts';
import type { Artifact } from '../list.ts';
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
        blocks: [start(azure), { lines: [...writing, ...removing] }, ...groups.flatMap(groupBlocks)],
      },
      {
        ...shared,
        path: 'your-machine/cloud/network-security-groups-undo.sh',
        title: say('azure.undoTitle'),
        blocks: [
          start(azure, false),
          { lines: removing },
          {
            lines: groups.flatMap(({ name }) => [sh`group=${shWord(name)}`, sh`keep=' '`, sh`remove_others`]),
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

/** `az network nsg create` replaces a group that is there, with all its rules, so it is asked for first. */
const writing = lines(sh`
  need_group() {
    az network nsg show --resource-group "$resources" --name "$group" --output none 2>/dev/null ||
      az network nsg create --resource-group "$resources" --name "$group" --location "$location" --output none
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
        az network nsg rule delete --resource-group "$resources" --nsg-name "$group" --name "$name"
    done
  }
`);

function groupBlocks({ name, host, rules }: AzureGroup): Block<'sh'>[] {
  return [
    {
      lines: [sh``, sh`group=${shWord(name)}`, sh`need_group`],
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
