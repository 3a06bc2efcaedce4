import type { Draft } from '../../../../shared/draft/draft.ts';
import { replaceDraft, useAt, useDraft } from '../../../../shared/draft/store.ts';
import { ChoiceField } from '../../../../shared/fields/ChoiceField.tsx';
import { Entries, freshName } from '../../../../shared/fields/Entries.tsx';
import { More } from '../../../../shared/fields/More.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import { SwitchField } from '../../../../shared/fields/SwitchField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { TokenField } from '../../../../shared/fields/TokenField.tsx';
import { t } from '../../../../shared/messages/translate.ts';
import { withPlacement } from './placement.ts';
import { SoftwareChoice, useSoftware } from './Software.tsx';
import { PORTS } from './software.ts';

type Peer = Extract<Draft['network'], { peers: unknown }>['peers'][number];

export function Tunnel() {
  const azure = useSoftware() === 'azure';
  const separate = useAt('network.gateway.placement') === 'separate';
  return (
    <>
      <SoftwareChoice />
      {!azure && (
        <ChoiceField
          path="network.gateway.placement"
          question="network.placement"
          choices={[
            { value: 'server', label: 'network.placement.server', about: 'network.placement.server.about' },
            { value: 'separate', label: 'network.placement.separate', about: 'network.placement.separate.about' },
          ]}
          onChoose={(placement) => replaceDraft(withPlacement(useDraft.getState().draft, placement === 'separate'))}
        />
      )}
      <TokenField path="network.tunnel" question="network.tunnel" separation="addresses" placeholder="10.8.0.0/24" />
      {!separate && (
        <TokenField
          path="server.addresses.vpn"
          question="server.addresses.vpn"
          separation="addresses"
          placeholder="10.8.0.1"
        />
      )}
    </>
  );
}

export function Gateway() {
  const software = useSoftware();
  const wireGuard = software === 'wireguard';
  const separate = useAt('network.gateway.placement') === 'separate';
  return (
    <>
      <TextField
        path="network.gateway.endpoint"
        question={software === 'azure' ? 'network.endpointAzure' : 'network.endpoint'}
        placeholder="vpn.example.com"
        mono
      />
      {wireGuard && <NumberField path="network.gateway.port" question="network.gatewayPort" />}
      {separate && software !== 'azure' && (
        <>
          <TokenField
            path="network.gateway.addresses"
            question="network.gatewayAddresses"
            separation="addresses"
            placeholder="10.8.0.1"
          />
          <TokenField
            path="network.gateway.privateAddresses"
            question="network.gatewayPrivate"
            separation="addresses"
            placeholder="10.0.2.1"
          />
        </>
      )}
      {wireGuard && (
        <TextField
          path="network.gateway.publicKey"
          question="network.gatewayKey"
          optional
          placeholder={t('network.keyLater')}
          mono
        />
      )}
      <More paths={['network.gateway.name', 'network.mtu']}>
        <TextField path="network.gateway.name" question="network.gatewayName" />
        <NumberField path="network.mtu" question="network.mtu" optional placeholder={t('network.mtu.own')} />
      </More>
    </>
  );
}

export function Peers() {
  return (
    <Entries<Peer>
      path="network.peers"
      question="network.peers"
      add="network.peers.add"
      empty="network.peers.empty"
      make={(names) => ({
        name: freshName('laptop', names),
        addresses: [],
        networks: [],
        endpoint: null,
        publicKey: null,
      })}
      summary={(peer) => [...peer.addresses, ...peer.networks].join(', ')}
      form={(path) => <PeerForm path={path} />}
    />
  );
}

function PeerForm({ path }: { readonly path: string }) {
  const software = useSoftware();
  const wireGuard = software === 'wireguard';
  return (
    <>
      <TextField path={`${path}.name`} question="peer.name" />
      <TokenField path={`${path}.addresses`} question="peer.addresses" separation="addresses" placeholder="10.8.0.2" />
      <TokenField
        path={`${path}.networks`}
        question="peer.networks"
        separation="addresses"
        placeholder="192.168.7.0/24"
      />
      {wireGuard && (
        <TextField
          path={`${path}.publicKey`}
          question="peer.publicKey"
          optional
          placeholder={t('network.keyLater')}
          mono
        />
      )}
      <SwitchField path={`${path}.endpoint`} question="peer.endpoint" start={{ host: '', port: PORTS[software] }}>
        <TextField path={`${path}.endpoint.host`} question="peer.endpointHost" placeholder="site.example.com" mono />
        {wireGuard && <NumberField path={`${path}.endpoint.port`} question="peer.endpointPort" />}
      </SwitchField>
    </>
  );
}
