import type { JSX } from 'react';
import { changeAddresses } from '../../../../shared/draft/addresses.ts';
import { useDraft } from '../../../../shared/draft/store.ts';
import { CheckField } from '../../../../shared/fields/CheckField.tsx';
import { More } from '../../../../shared/fields/More.tsx';
import { TokenField } from '../../../../shared/fields/TokenField.tsx';
import type { Group } from '../../../../shared/navigation/steps.ts';
import { BastionHost, Forwarding } from './Bastion.tsx';
import { Replicas, Subnets } from './Private.tsx';
import { ProxyChoice } from './Proxy.tsx';
import { Gateway, Peers, Tunnel } from './Vpn.tsx';

const screens: Partial<Readonly<Record<Group, () => JSX.Element>>> = {
  public: PublicAddress,
  tunnel: Tunnel,
  gateway: Gateway,
  peers: Peers,
  subnets: Subnets,
  replicas: Replicas,
  bastion: BastionHost,
  proxy: ProxyChoice,
  forwarding: Forwarding,
};

export default function NetworkStep({ group }: { readonly group: Group }) {
  const Screen = screens[group] ?? PublicAddress;
  return <Screen />;
}

function PublicAddress() {
  const needsPrivate = useDraft(
    ({ draft }) => draft.server.publicBehindNat || draft.clients.some((client) => client.via === 'private'),
  );
  const field = (
    <TokenField
      path="server.addresses.private"
      question="server.addresses.private"
      separation="addresses"
      placeholder="10.0.2.10"
      set={changeAddresses}
    />
  );
  return (
    <>
      <TokenField
        path="server.addresses.public"
        question="server.addresses.public"
        separation="addresses"
        placeholder="203.0.113.10"
        set={changeAddresses}
      />
      <CheckField path="server.publicBehindNat" question="server.publicBehindNat" />
      {needsPrivate ? field : <More paths={['server.addresses.private']}>{field}</More>}
    </>
  );
}
