import type { Draft } from '../../../../shared/draft/draft.ts';
import { useAt, useDraft } from '../../../../shared/draft/store.ts';
import { CheckField } from '../../../../shared/fields/CheckField.tsx';
import { Entries, freshName } from '../../../../shared/fields/Entries.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import { SelectField } from '../../../../shared/fields/SelectField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { TokenField } from '../../../../shared/fields/TokenField.tsx';
import { t } from '../../../../shared/messages/translate.ts';

type Person = Draft['administration']['people'][number];

export function Administrators() {
  return (
    <>
      <Entries<Person>
        path="administration.people"
        question="administration.people"
        add="administration.people.add"
        empty="administration.people.empty"
        make={(names) => ({ name: freshName('administrators', names), sources: [], path: 'ssh' })}
        summary={(person) => person.sources.join(', ')}
        form={(path) => <PersonForm path={path} />}
      />
      <NumberField path="administration.sshPort" question="administration.sshPort" />
      <CheckField path="administration.loopback" question="administration.loopback" />
    </>
  );
}

function PersonForm({ path }: { readonly path: string }) {
  const bastion = useDraft((state) => state.draft.network.pattern === 'bastion');
  const way = useAt(`${path}.path`);
  const ways = ['ssh', ...(bastion || way === 'bastion' ? (['bastion'] as const) : []), 'console'] as const;
  return (
    <>
      <TextField path={`${path}.name`} question="person.name" />
      <SelectField
        path={`${path}.path`}
        question="person.path"
        choices={ways.map((value) => ({ value, label: t(`person.path.${value}`) }))}
      />
      {way !== 'console' && (
        <TokenField
          path={`${path}.sources`}
          question="person.sources"
          separation="addresses"
          placeholder="198.51.100.0/28"
        />
      )}
    </>
  );
}
