import type { Draft } from '../../draft/draft.ts';
import { replaceDraft, useDraft } from '../../draft/store.ts';
import { ChoiceField } from '../../fields/ChoiceField.tsx';
import { TextField } from '../../fields/TextField.tsx';
import { withPlacement } from './placement.ts';

type Software = Extract<Draft['network'], { pattern: 'vpn' }>['software'];
type Kind = Software['kind'];

const starts: { readonly [K in Kind]: Extract<Software, { kind: K }> } = {
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

const left: Partial<Record<Kind, Software>> = {};

/** What makes the tunnel, with the answers that only it needs. */
export function TunnelSoftware() {
  const software = useDraft(({ draft }) =>
    draft.network.pattern === 'vpn' ? draft.network.software : starts.wireguard,
  );
  const choose = (value: string) => {
    const kind = (['wireguard', 'strongswan', 'azure'] as const).find((one) => one === value) ?? 'wireguard';
    left[software.kind] = software;
    const { draft } = useDraft.getState();
    if (draft.network.pattern !== 'vpn') return;
    const changed = { ...draft, network: { ...draft.network, software: left[kind] ?? starts[kind] } };
    // Azure's gateway is never the database server itself.
    replaceDraft(kind === 'azure' ? withPlacement(changed, true) : changed);
  };
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
        onChoose={choose}
      />
      {software.kind === 'strongswan' && (
        <ChoiceField
          path="network.software.authentication"
          question="ipsec.authentication"
          choices={[
            { value: 'certificate', label: 'ipsec.certificate', about: 'ipsec.certificate.about' },
            { value: 'psk', label: 'ipsec.psk', about: 'ipsec.psk.about' },
          ]}
        />
      )}
      {software.kind === 'azure' && <Azure />}
    </>
  );
}

function Azure() {
  return (
    <>
      <ChoiceField
        path="network.software.format"
        question="cloud.format"
        choices={[
          { value: 'cli', label: 'cloud.azure.cli' },
          { value: 'bicep', label: 'cloud.azure.bicep' },
        ]}
      />
      <TextField path="network.software.resourceGroup" question="cloud.resourceGroup" placeholder="database" mono />
      <TextField path="network.software.location" question="cloud.location" placeholder="westeurope" mono />
      <TextField path="network.software.virtualNetwork" question="azure.virtualNetwork" placeholder="vnet-db" mono />
      <TextField
        path="network.software.gatewaySubnet"
        question="azure.gatewaySubnet"
        placeholder="10.0.255.0/27"
        mono
      />
    </>
  );
}
