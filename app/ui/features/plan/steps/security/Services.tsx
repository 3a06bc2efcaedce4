import type { Draft } from '../../../../shared/draft/draft.ts';
import { useDraft } from '../../../../shared/draft/store.ts';
import { Entries, freshName } from '../../../../shared/fields/Entries.tsx';
import { SelectField } from '../../../../shared/fields/SelectField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { t } from '../../../../shared/messages/translate.ts';
import { Databases } from '../clients/Databases.tsx';

type Service = Draft['administration']['services'][number];

/** Programs on the server itself that keep their access. */
export function Services() {
  const windows = useDraft((state) => state.draft.server.platform === 'windows');
  return (
    <Entries<Service>
      path="administration.services"
      question="administration.services"
      add="administration.services.add"
      empty="administration.services.empty"
      make={(names) => ({
        name: freshName('service', names),
        kind: 'application',
        role: 'app',
        databases: [],
        login: windows ? 'scram' : 'peer',
      })}
      summary={({ kind, role }) => `${t(`service.kind.${kind}`)}, ${role}`}
      form={(path) => <ServiceForm path={path} />}
    />
  );
}

function ServiceForm({ path }: { readonly path: string }) {
  return (
    <>
      <TextField path={`${path}.name`} question="service.name" />
      <SelectField
        path={`${path}.kind`}
        question="service.kind"
        choices={(['application', 'monitoring', 'backup'] as const).map((value) => ({
          value,
          label: t(`service.kind.${value}`),
        }))}
      />
      <TextField path={`${path}.role`} question="service.role" mono />
      <Databases path={`${path}.databases`} question="service.databases" />
      <SelectField
        path={`${path}.login`}
        question="service.login"
        choices={(['peer', 'scram'] as const).map((value) => ({ value, label: t(`service.login.${value}`) }))}
      />
    </>
  );
}
