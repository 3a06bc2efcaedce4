import type { Draft } from '../../../../shared/draft/draft.ts';
import { replaceDraft, useDraft } from '../../../../shared/draft/store.ts';
import { ChoiceField } from '../../../../shared/fields/ChoiceField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { AzurePlace } from '../AzurePlace.tsx';
import { type SoftwareKind, withSoftware } from './software.ts';

type Software = Extract<Draft['network'], { pattern: 'vpn' }>['software'];

const starts: { readonly [K in SoftwareKind]: Extract<Software, { kind: K }> } = {
  wireguard: { kind: 'wireguard' },
  strongswan: { kind: 'strongswan', authentication: 'certificate' },
  azure: {
    kind: 'azure',
    format: 'cli',
    resourceGroup: '',
    location: 'westeurope',
    virtualNetwork: '',
    gatewaySubnet: '10.0.255.0/27',
  },
};

/** The last answers for each software while the page is open, so that switching back restores them. */
const left: Partial<Record<SoftwareKind, Software>> = {};

export const useSoftware = (): SoftwareKind =>
  useDraft(({ draft }) => (draft.network.pattern === 'vpn' ? draft.network.software.kind : 'wireguard'));

/** The tunnel software, and how the ends authenticate. */
export function SoftwareChoice() {
  const kind = useSoftware();
  return (
    <>
      <ChoiceField
        path="network.software.kind"
        question="network.software"
        choices={[
          { value: 'wireguard', label: 'network.software.wireguard', about: 'network.software.wireguard.about' },
          { value: 'strongswan', label: 'network.software.strongswan', about: 'network.software.strongswan.about' },
          { value: 'azure', label: 'network.software.azure', about: 'network.software.azure.about' },
        ]}
        onChoose={(value) => {
          const { draft } = useDraft.getState();
          if (draft.network.pattern !== 'vpn') return;
          left[kind] = draft.network.software;
          const chosen = (['wireguard', 'strongswan', 'azure'] as const).find((one) => one === value) ?? 'wireguard';
          replaceDraft(withSoftware(draft, left[chosen] ?? starts[chosen]));
        }}
      />
      {kind === 'strongswan' && (
        <ChoiceField
          path="network.software.authentication"
          question="network.authentication"
          choices={[
            {
              value: 'certificate',
              label: 'network.authentication.certificate',
              about: 'network.authentication.certificate.about',
            },
            { value: 'psk', label: 'network.authentication.psk', about: 'network.authentication.psk.about' },
          ]}
        />
      )}
      {kind === 'azure' && <Azure />}
    </>
  );
}

function Azure() {
  return (
    <>
      <AzurePlace at="network.software" />
      <TextField path="network.software.virtualNetwork" question="network.virtualNetwork" placeholder="database" mono />
      <TextField
        path="network.software.gatewaySubnet"
        question="network.gatewaySubnet"
        placeholder="10.0.255.0/27"
        mono
      />
    </>
  );
}
