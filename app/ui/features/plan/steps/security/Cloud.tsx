import type { Draft } from '../../../../shared/draft/draft.ts';
import { change, useDraft } from '../../../../shared/draft/store.ts';
import { ChoiceField } from '../../../../shared/fields/ChoiceField.tsx';
import { More } from '../../../../shared/fields/More.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import { SwitchField } from '../../../../shared/fields/SwitchField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { TokenField } from '../../../../shared/fields/TokenField.tsx';
import { AzurePlace } from '../AzurePlace.tsx';

type Cloud = Draft['cloud'];
type Provider = Cloud['provider'];

/** The initial answers for each cloud. Ids that only the user knows are examples of the right form. */
const starts: { readonly [P in Provider]: Extract<Cloud, { provider: P }> } = {
  none: { provider: 'none' },
  aws: {
    provider: 'aws',
    format: 'cli',
    region: 'eu-central-1',
    vpc: null,
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
  google: {
    provider: 'google',
    format: 'cli',
    project: '',
    network: 'default',
    groupName: 'postern-postgresql',
    firstPriority: 1000,
    sources: null,
  },
};

/** The last answers for each cloud while the page is open, so that switching back restores them. */
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
          { value: 'google', label: 'cloud.google', about: 'cloud.google.about' },
        ]}
        onChoose={(value) => {
          const provider = (['none', 'aws', 'azure', 'google'] as const).find((one) => one === value) ?? 'none';
          left[cloud.provider] = cloud;
          change('cloud', left[provider] ?? starts[provider]);
        }}
      />
      {cloud.provider === 'aws' && <Aws />}
      {cloud.provider === 'azure' && <Azure />}
      {cloud.provider === 'google' && <Google />}
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
      <TextField path="cloud.vpc" question="cloud.vpc" optional placeholder="vpc-0123456789abcdef0" mono />
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
      <AzurePlace at="cloud" />
      <TextField path="cloud.groupName" question="cloud.groupName" mono />
      <More paths={['cloud.firstPriority', 'cloud.sources']}>
        <NumberField path="cloud.firstPriority" question="cloud.firstPriority" />
        <OtherSources />
      </More>
    </>
  );
}

function Google() {
  return (
    <>
      <ChoiceField
        path="cloud.format"
        question="cloud.format"
        choices={[
          { value: 'cli', label: 'cloud.google.cli' },
          { value: 'terraform', label: 'cloud.google.terraform' },
        ]}
      />
      <TextField path="cloud.project" question="cloud.project" placeholder="my-project-123456" mono />
      <TextField path="cloud.network" question="cloud.network" placeholder="default" mono />
      <TextField path="cloud.groupName" question="cloud.networkTag" mono />
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
