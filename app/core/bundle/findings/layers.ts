import { say } from '../../messages/message.ts';
import { firewallOn } from '../../model/host-firewall.ts';
import { type Disagreement, layersOf } from '../../model/layers.ts';
import type { AccessModel } from '../../model/model.ts';
import { addressText } from '../../net/prefix.ts';
import type { Plan } from '../../plan/schema.ts';
import { awsGroups, awsOf, overLimit as overAws } from '../cloud/aws.ts';
import { azureGroups, azureOf, overLimit as overAzure } from '../cloud/azure.ts';
import { limitOf } from '../firewall/rate.ts';
import { type Finding, finding } from './finding.ts';

/** Where the layers in front of PostgreSQL disagree, and clouds whose limits the plan exceeds. */
export function layerFindings(model: AccessModel): Finding[] {
  return [
    ...layersOf(model).disagreements.flatMap((found) => tell(model, found)),
    ...limitFindings(model),
    ...unusedGroups(model),
    ...rateFindings(model),
  ];
}

/** The cloud's name for its filter. */
const layerOf = (kind: Disagreement['layer']['kind'], { cloud: { provider } }: Plan) =>
  kind === 'cloud' && (provider === 'azure' || provider === 'google')
    ? (`layer.${provider}` as const)
    : (`layer.${kind}` as const);

function tell({ plan }: AccessModel, { layer, to, kind, witness, client }: Disagreement): Finding[] {
  const values = {
    layer: say(layerOf(layer.kind, plan)).text,
    address: addressText(witness),
    to: addressText(to),
    client: (client === undefined ? undefined : plan.clients[client]?.name) ?? '',
  };
  return kind === 'blocks'
    ? [finding('layer-blocks', 'high', layer.path, values)]
    : [finding('layer-wider', 'medium', layer.path, values)];
}

/** Windows Defender Firewall does not count connections, and without a filter nothing does. */
function rateFindings(model: AccessModel): Finding[] {
  const limited = model.hosts.filter(({ id }) => limitOf(model, id));
  return limited
    .filter(({ kind }) => ['none', 'windows'].includes(firewallOn(model.plan, kind)))
    .map(({ name }) => finding('rate-limit', 'medium', 'firewall.rateLimit', { host: name }));
}

function unusedGroups({ plan }: AccessModel): Finding[] {
  if (plan.cloud.provider !== 'none') return [];
  return plan.clients.flatMap(({ name, cloudGroup }, index) =>
    cloudGroup === null
      ? []
      : [finding('cloud-group-unused', 'low', `clients.${index}.cloudGroup`, { client: name, group: cloudGroup })],
  );
}

function limitFindings(model: AccessModel): Finding[] {
  const aws = awsOf(model);
  const azure = azureOf(model);
  const tooMany = aws && overAws(awsGroups(model, aws), aws);
  const tooLarge = azure && overAzure(azureGroups(model, azure));
  return [
    ...(aws && tooMany
      ? [finding('aws-limit', 'high', 'cloud.rulesPerGroup', { ...tooMany, limit: aws.rulesPerGroup })]
      : []),
    ...(tooLarge
      ? [
          finding('azure-limit', 'high', 'cloud.firstPriority', {
            ...tooLarge,
            what: say(`azure.limit.${tooLarge.what}`).text,
          }),
        ]
      : []),
  ];
}
