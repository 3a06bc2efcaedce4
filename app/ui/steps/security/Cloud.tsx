import type { Draft } from '../../draft/draft.ts';
import { change, useDraft } from '../../draft/store.ts';
import { ChoiceField } from '../../fields/ChoiceField.tsx';
import { More } from '../../fields/More.tsx';
import { NumberField } from '../../fields/NumberField.tsx';
import { SwitchField } from '../../fields/SwitchField.tsx';
import { TextField } from '../../fields/TextField.tsx';
import { TokenField } from '../../fields/TokenField.tsx';

type Cloud = Draft['cloud'];
type Provider = Cloud['provider'];

/** What each cloud starts with. Ids that only the user knows are examples of the right form. */
const starts: { readonly [P in Provider]: Extract<Cloud, { provider: P }> } = {
  none: { provider: 'none' },
  aws: {
    provider: 'aws',
    format: 'cli',
    region: 'eu-central-1',
    vpc: '',
    groupName: 'postern-postgresql',
    rulesPerGroup: 60,
    sources: null,
  },
  azure: {
    provider: 'azure',
    format: 'cli',
    resourceGroup: '',
    location: 'westeurope',
    groupName: 'postern-postgresql',
    firstPriority: 1000,
    sources: null,
  },
};

/** The last answers for each cloud while the page is open: switching to and fro loses nothing. */
const left: Partial<Record<Provider, Cloud>> = {};

export function CloudFilter() {
  const cloud = useDraft(({ draft }) => draft.cloud);
  return (
    <>
      <ChoiceField
        path="cloud.provider"
        question="cloud.provider"
        choices={[
          { value: 'none', label: 'cloud.none', about: 'cloud.none.about' },
          { value: 'aws', label: 'cloud.aws', about: 'cloud.aws.about' },
          { value: 'azure', label: 'cloud.azure', about: 'cloud.azure.about' },
        ]}
        onChoose={(value) => {
          const provider = (['none', 'aws', 'azure'] as const).find((one) => one === value) ?? 'none';
          left[cloud.provider] = cloud;
          change('cloud', left[provider] ?? starts[provider]);
        }}
      />
      {cloud.provider === 'aws' && <Aws />}
      {cloud.provider === 'azure' && <Azure />}
    </>
  );
}

function Aws() {
  return (
    <>
      <ChoiceField
        path="cloud.format"
        question="cloud.format"
        choices={[
          { value: 'cli', label: 'cloud.aws.cli' },
          { value: 'terraform', label: 'cloud.aws.terraform' },
        ]}
      />
      <TextField path="cloud.region" question="cloud.region" placeholder="eu-central-1" mono />
      <TextField path="cloud.vpc" question="cloud.vpc" placeholder="vpc-0123456789abcdef0" mono />
      <TextField path="cloud.groupName" question="cloud.groupName" mono />
      <More paths={['cloud.rulesPerGroup', 'cloud.sources']}>
        <NumberField path="cloud.rulesPerGroup" question="cloud.rulesPerGroup" />
        <OtherSources />
      </More>
    </>
  );
}

function Azure() {
  return (
    <>
      <ChoiceField
        path="cloud.format"
        question="cloud.format"
        choices={[
          { value: 'cli', label: 'cloud.azure.cli' },
          { value: 'bicep', label: 'cloud.azure.bicep' },
        ]}
      />
      <TextField path="cloud.resourceGroup" question="cloud.resourceGroup" placeholder="database" mono />
      <TextField path="cloud.location" question="cloud.location" placeholder="westeurope" mono />
      <TextField path="cloud.groupName" question="cloud.groupName" mono />
      <More paths={['cloud.firstPriority', 'cloud.sources']}>
        <NumberField path="cloud.firstPriority" question="cloud.firstPriority" />
        <OtherSources />
      </More>
    </>
  );
}

function OtherSources() {
  return (
    <SwitchField path="cloud.sources" question="cloud.otherSources" start={[]}>
      <TokenField path="cloud.sources" question="cloud.sources" separation="addresses" placeholder="10.0.0.0/16" />
    </SwitchField>
  );
}
