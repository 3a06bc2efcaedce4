import { useAt } from '../../../../shared/draft/store.ts';
import { CheckField } from '../../../../shared/fields/CheckField.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { TokenField } from '../../../../shared/fields/TokenField.tsx';

export function BastionHost() {
  return (
    <>
      <TextField path="network.name" question="bastion.name" placeholder="bastion.example.com" mono />
      <TokenField
        path="network.publicAddresses"
        question="bastion.publicAddresses"
        separation="addresses"
        placeholder="203.0.113.20"
      />
      <TokenField
        path="network.privateAddresses"
        question="bastion.privateAddresses"
        separation="addresses"
        placeholder="10.0.2.5"
      />
      <NumberField path="network.port" question="bastion.port" />
    </>
  );
}

export function Forwarding() {
  const proxied = useAt('network.proxy.kind') !== 'none';
  const service = useAt('network.ssh.service') === true;
  return (
    <>
      <TokenField path="network.groups" question="bastion.groups" separation="names" placeholder="dbusers" />
      <TokenField path="network.users" question="bastion.users" separation="names" placeholder="maria" />
      <TokenField
        path="network.alsoReaches"
        question="bastion.alsoReaches"
        separation="addresses"
        placeholder="10.0.2.11"
      />
      <TokenField
        path="network.ssh.hostKeys"
        question="bastion.hostKeys"
        separation="lines"
        placeholder="ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI…"
      />
      <CheckField path="network.ssh.authority" question="bastion.authority" />
      {/* Behind a proxy there is no forward to keep open. */}
      {(!proxied || service) && <CheckField path="network.ssh.service" question="bastion.service" />}
    </>
  );
}
