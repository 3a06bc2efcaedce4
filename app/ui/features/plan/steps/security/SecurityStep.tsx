import type { JSX } from 'react';
import { CheckField } from '../../../../shared/fields/CheckField.tsx';
import { ChoiceField } from '../../../../shared/fields/ChoiceField.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import type { Group } from '../../../../shared/navigation/steps.ts';
import { Administrators } from './Administrators.tsx';
import { CloudFilter } from './Cloud.tsx';
import { Firewall } from './Firewall.tsx';
import { Services } from './Services.tsx';
import { Tls } from './Tls.tsx';

const screens: Partial<Readonly<Record<Group, () => JSX.Element>>> = {
  administrators: Administrators,
  services: Services,
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
      <ChoiceField
        path="security.publicConnect"
        question="security.publicConnect"
        choices={[
          { value: 'revoke', label: 'security.publicConnect.revoke', about: 'security.publicConnect.revoke.about' },
          { value: 'keep', label: 'security.publicConnect.keep' },
        ]}
      />
      <ChoiceField
        path="security.publicCreate"
        question="security.publicCreate"
        choices={[
          { value: 'keep', label: 'security.publicCreate.keep' },
          { value: 'revoke', label: 'security.publicCreate.revoke', about: 'security.publicCreate.revoke.about' },
        ]}
      />
      <NumberField path="security.authenticationTimeout" question="security.authenticationTimeout" />
    </>
  );
}
