import type { JSX } from 'react';
import { useAt } from '../../../../shared/draft/store.ts';
import { CheckField } from '../../../../shared/fields/CheckField.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import { t } from '../../../../shared/messages/translate.ts';
import type { Group } from '../../../../shared/navigation/steps.ts';
import { Watching } from './Watching.tsx';

const screens: Partial<Readonly<Record<Group, () => JSX.Element>>> = {
  logging: Logging,
  watching: Watching,
  rollout: Rollout,
};

export default function OperationStep({ group }: { readonly group: Group }) {
  const Screen = screens[group] ?? Logging;
  return <Screen />;
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

function Rollout() {
  return <NumberField path="rollout.confirmSeconds" question="rollout.confirmSeconds" />;
}
