import type { JSX } from 'react';
import { CheckField } from '../../fields/CheckField.tsx';
import { ChoiceField } from '../../fields/ChoiceField.tsx';
import { NumberField } from '../../fields/NumberField.tsx';
import type { Group } from '../../wizard/steps.ts';
import { Administrators } from './Administrators.tsx';
import { CloudFilter } from './Cloud.tsx';
import { Firewall } from './Firewall.tsx';
import { Tls } from './Tls.tsx';

const screens: Partial<Readonly<Record<Group, () => JSX.Element>>> = {
  administrators: Administrators,
  tls: Tls,
  logins: Logins,
  firewall: Firewall,
  cloud: CloudFilter,
};

export default function SecurityStep({ group }: { readonly group: Group }) {
  const Screen = screens[group] ?? Administrators;
  return <Screen />;
}

function Logins() {
  return (
    <>
      <ChoiceField
        path="security.passwordHashing"
        question="security.passwordHashing"
        choices={[
          { value: 'scram-sha-256', label: 'security.passwordHashing.scram' },
          { value: 'md5', label: 'security.passwordHashing.md5', about: 'security.passwordHashing.md5.about' },
        ]}
      />
      <CheckField path="security.remoteSuperuser" question="security.remoteSuperuser" />
      <CheckField path="security.finalReject" question="security.finalReject" />
      <NumberField path="security.authenticationTimeout" question="security.authenticationTimeout" />
    </>
  );
}
