import { firewallOn } from '../../access/host-firewall.ts';
import { type Disagreement, layersOf } from '../../access/layers.ts';
import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { addressText } from '../../net/prefix.ts';
import { awsGroups, awsOf, overLimit as overAws } from '../cloud/aws.ts';
import { azureGroups, azureOf, overLimit as overAzure } from '../cloud/azure.ts';
import { limitOf } from '../firewall/rate.ts';
import { type Finding, finding } from './finding.ts';

/** Where the layers before PostgreSQL do not let the same through, and clouds that cannot hold the plan. */
export function layerFindings(model: AccessModel): Finding[] {
  return [
    ...layersOf(model).disagreements.flatMap((found) => tell(model, found)),
    ...limitFindings(model),
    ...unusedGroups(model),
    ...rateFindings(model),
  ];
}

function tell({ plan }: AccessModel, { layer, to, kind, witness, client }: Disagreement): Finding[] {
  const values = {
    layer: say(`layer.${layer.kind === 'cloud' && plan.cloud.provider === 'azure' ? 'azure' : layer.kind}`).text,
    address: addressText(witness),
    to: addressText(to),
    client: (client === undefined ? undefined : plan.clients[client]?.name) ?? '',
  };
  return kind === 'blocks'
    ? [finding('layer-blocks', 'danger', layer.path, values)]
    : [finding('layer-wider', 'warning', layer.path, values)];
}

/** Windows Defender Firewall counts no connections, and where there is no filter nothing does. */
function rateFindings(model: AccessModel): Finding[] {
  const limited = model.hosts.filter(({ id }) => limitOf(model, id));
  return limited
    .filter(({ kind }) => ['none', 'windows'].includes(firewallOn(model.plan, kind)))
    .map(({ name }) => finding('rate-limit', 'warning', 'firewall.rateLimit', { host: name }));
}

function unusedGroups({ plan }: AccessModel): Finding[] {
  if (plan.cloud.provider !== 'none') return [];
  return plan.clients.flatMap(({ name, cloudGroup }, index) =>
    cloudGroup === null
      ? []
      : [finding('cloud-group-unused', 'note', `clients.${index}.cloudGroup`, { client: name, group: cloudGroup })],
  );
}

function limitFindings(model: AccessModel): Finding[] {
  const aws = awsOf(model);
  const azure = azureOf(model);
  const tooMany = aws && overAws(awsGroups(model, aws), aws);
  const tooLarge = azure && overAzure(azureGroups(model, azure));
  return [
    ...(aws && tooMany
      ? [
          finding('aws-limit', 'danger', 'cloud.rulesPerGroup', { ...tooMany, limit: aws.rulesPerGroup }, [
            'docs.aws.amazon.com, Amazon VPC quotas',
          ]),
        ]
      : []),
    ...(tooLarge
      ? [
          finding(
            'azure-limit',
            'danger',
            'cloud.firstPriority',
            { ...tooLarge, what: say(`azure.limit.${tooLarge.what}`).text },
            ['learn.microsoft.com, Azure subscription and service limits'],
          ),
        ]
      : []),
  ];
}
