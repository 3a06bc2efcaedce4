import { ChoiceField } from '../../../shared/fields/ChoiceField.tsx';
import { TextField } from '../../../shared/fields/TextField.tsx';

/** Where in Azure something is created, and as which kind of file: the answers below `at` of the plan. */
export function AzurePlace({ at }: { readonly at: 'cloud' | 'network.software' }) {
  return (
    <>
      <ChoiceField
        path={`${at}.format`}
        question="cloud.format"
        choices={[
          { value: 'cli', label: 'cloud.azure.cli' },
          { value: 'bicep', label: 'cloud.azure.bicep' },
        ]}
      />
      <TextField path={`${at}.resourceGroup`} question="cloud.resourceGroup" placeholder="database" mono />
      <TextField path={`${at}.location`} question="cloud.location" placeholder="westeurope" mono />
    </>
  );
}
