import type { JSX } from 'react';
import { useAt } from '../../draft/store.ts';
import { CheckField } from '../../fields/CheckField.tsx';
import { ChoiceField } from '../../fields/ChoiceField.tsx';
import { NumberField } from '../../fields/NumberField.tsx';
import { t } from '../../messages/translate.ts';
import type { Group } from '../../wizard/steps.ts';
import { Administrators } from './Administrators.tsx';
import { Tls } from './Tls.tsx';

const screens: Partial<Readonly<Record<Group, () => JSX.Element>>> = {
  administrators: Administrators,
  tls: Tls,
  logins: Logins,
  firewall: Firewall,
  logging: Logging,
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

function Firewall() {
  return (
    <ChoiceField
      path="firewall.kind"
      question="firewall.kind"
      choices={[
        { value: 'ufw', label: 'firewall.ufw', about: 'firewall.ufw.about' },
        { value: 'iptables', label: 'firewall.iptables', about: 'firewall.iptables.about' },
        { value: 'none', label: 'firewall.none', about: 'firewall.none.about' },
      ]}
    />
  );
}

function Logging() {
  const major = Number(useAt('server.major'));
  return (
    <>
      <CheckField path="security.logConnections" question="security.logConnections" />
      <CheckField path="security.logDisconnections" question="security.logDisconnections" />
      <NumberField
        path="security.maxConnections"
        question="security.maxConnections"
        optional
        placeholder={t('field.serverDefault')}
      />
      <NumberField path="security.superuserReserved" question="security.superuserReserved" />
      {major >= 16 && <NumberField path="security.reserved" question="security.reserved" />}
    </>
  );
}
