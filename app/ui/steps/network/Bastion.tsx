import { useAt } from '../../draft/store.ts';
import { CheckField } from '../../fields/CheckField.tsx';
import { NumberField } from '../../fields/NumberField.tsx';
import { TextField } from '../../fields/TextField.tsx';
import { TokenField } from '../../fields/TokenField.tsx';

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
      {/* Behind a proxy nobody has a forward to keep open. */}
      {(!proxied || service) && <CheckField path="network.ssh.service" question="bastion.service" />}
    </>
  );
}
