import { say } from '../../messages/message.ts';
import { type Bicep, bicep, bicepString } from '../../quote/bicep.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { Artifact, Block } from '../file.ts';
import { type AzureGroup, type AzureRule, azureGroups, azureOf, overLimit } from './azure.ts';

/** `postern.bicep`: separate network security groups. Deploying it again restores the state that it describes. */
export const bicepFile: Artifact = {
  page: 'azure-nsg',
  render(model) {
    const azure = azureOf(model);
    if (azure?.format !== 'bicep') return [];
    const groups = azureGroups(model, azure);
    if (overLimit(groups)) return [];
    return [
      {
        path: 'your-machine/cloud/postern.bicep',
        machine: 'your-machine',
        title: say('bicep.title'),
        intro: [say('bicep.intro'), say('azure.attach')],
        language: 'bicep',
        run: [
          sh`az deployment group create --resource-group ${shWord(azure.resourceGroup)} --template-file your-machine/cloud/postern.bicep`,
        ],
        blocks: [
          { lines: [bicep`param location string = ${bicepString(azure.location)}`] },
          ...groups.flatMap(groupBlocks),
        ],
      },
    ];
  },
};

function groupBlocks({ name, id, host, rules }: AzureGroup): Block<'bicep'>[] {
  return [
    {
      lines: lines(bicep`

        resource ${symbol(id)} 'Microsoft.Network/networkSecurityGroups@2023-11-01' = {
          name: ${bicepString(name)}
          location: location
          properties: {
            securityRules: [
      `),
      reason: { message: say(`aws.group.${host}` as 'aws.group.server', { name }), path: 'cloud.groupName' },
    },
    ...rules.map(
      (rule): Block<'bicep'> => ({
        lines: ruleLines(rule),
        reason: {
          message:
            rule.access === 'Deny' ? say('azure.deny') : say('aws.rules', { description: rule.description.slice(8) }),
          path: rule.path,
        },
      }),
    ),
    { lines: [bicep`    ]`, bicep`  }`, bicep`}`] },
  ];
}

/** The symbolic name of a host's kind. */
const symbol = (id: string): Bicep => id as Bicep;

function ruleLines({ name, priority, access, protocol, port, source, to, description }: AzureRule): Bicep[] {
  const from: Bicep[] =
    source.kind === 'any'
      ? [bicep`          sourceAddressPrefix: '*'`]
      : source.kind === 'networks'
        ? list(bicep`sourceAddressPrefixes`, source.prefixes)
        : [
            bicep`          sourceApplicationSecurityGroups: [`,
            bicep`            { id: resourceId('Microsoft.Network/applicationSecurityGroups', ${bicepString(source.name)}) }`,
            bicep`          ]`,
          ];
  return [
    bicep`      {`,
    bicep`        name: ${bicepString(name)}`,
    bicep`        properties: {`,
    bicep`          description: ${bicepString(description)}`,
    bicep`          direction: 'Inbound'`,
    bicep`          priority: ${priority}`,
    bicep`          access: ${bicepString(access)}`,
    bicep`          protocol: ${bicepString(protocol)}`,
    ...from,
    bicep`          sourcePortRange: '*'`,
    ...(to.length === 0
      ? [bicep`          destinationAddressPrefix: '*'`]
      : list(bicep`destinationAddressPrefixes`, to)),
    bicep`          destinationPortRange: ${bicepString(String(port))}`,
    bicep`        }`,
    bicep`      }`,
  ];
}

const list = (name: Bicep, texts: readonly string[]): Bicep[] => [
  bicep`          ${name}: [`,
  ...texts.map((text) => bicep`            ${bicepString(text)}`),
  bicep`          ]`,
];
