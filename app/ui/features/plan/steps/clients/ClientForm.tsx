import type { DraftClient } from '../../../../shared/draft/draft.ts';
import { change, useDraft } from '../../../../shared/draft/store.ts';
import { ChoiceField } from '../../../../shared/fields/ChoiceField.tsx';
import { More } from '../../../../shared/fields/More.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import { SelectField } from '../../../../shared/fields/SelectField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { TokenField } from '../../../../shared/fields/TokenField.tsx';
import { type MessageId, t } from '../../../../shared/messages/translate.ts';
import { AuthFields } from './AuthFields.tsx';
import { Databases } from './Databases.tsx';
import { useWays, withWay } from './ways.ts';

interface Props {
  readonly path: string;
  readonly client: DraftClient;
}

/** One client: its networks, what it may access, and how it authenticates. */
export function ClientForm({ path, client }: Props) {
  const ways = useWays();
  const socket = client.via === 'socket';
  return (
    <>
      <TextField path={`${path}.name`} question="client.name" />
      <Part title="client.part.where" />
      <SelectField
        path={`${path}.via`}
        question="client.via"
        choices={ways.map((via) => ({ value: via, label: t(`client.via.${via}`) }))}
        onChoose={(value) => {
          const via = ways.find((way) => way === value);
          if (via) change(path, withWay(client, via));
        }}
      />
      {!socket && (
        <TokenField
          path={`${path}.sources`}
          question="client.sources"
          separation="addresses"
          placeholder="198.51.100.0/28"
        />
      )}
      <Part title="client.part.what" />
      <TokenField path={`${path}.roles`} question="client.roles" separation="names" placeholder="app" />
      <Databases path={`${path}.databases`} question="client.databases" />
      {(client.databases !== 'all' || client.privileges !== 'none') && (
        <SelectField
          path={`${path}.privileges`}
          question="client.privileges"
          choices={(['none', 'read', 'read-write', 'create'] as const).map((value) => ({
            value,
            label: t(`client.privileges.${value}`),
          }))}
        />
      )}
      <Part title="client.part.how" />
      <AuthFields path={`${path}.auth`} client={client} />
      {!socket && <Encryption path={path} />}
      <Rare path={path} client={client} />
    </>
  );
}

/** The heading of another part of the form. */
function Part({ title }: { readonly title: MessageId }) {
  return <h2 className="border-t border-line pt-4 text-lg font-semibold">{t(title)}</h2>;
}

function Encryption({ path }: { readonly path: string }) {
  return (
    <>
      <ChoiceField
        path={`${path}.tls`}
        question="client.tls"
        choices={[
          { value: 'require', label: 'client.tls.require' },
          { value: 'allow', label: 'client.tls.allow', about: 'client.tls.allow.about' },
        ]}
      />
      <ChoiceField
        path={`${path}.verify`}
        question="client.verify"
        choices={[
          { value: 'full', label: 'client.verify.full', about: 'client.verify.full.about' },
          { value: 'ca', label: 'client.verify.ca', about: 'client.verify.ca.about' },
          { value: 'none', label: 'client.verify.none', about: 'client.verify.none.about' },
        ]}
      />
    </>
  );
}

function Rare({ path, client }: Props) {
  const isPrivate = useDraft((state) => state.draft.network.pattern === 'private');
  const inCloud = useDraft((state) => state.draft.cloud.provider !== 'none') || client.cloudGroup !== null;
  const fields = ['replication', 'endpoint', 'connectionLimit', 'validUntil', 'cloudGroup'].map(
    (field) => `${path}.${field}`,
  );
  return (
    <More label="client.more" paths={fields}>
      <ChoiceField
        path={`${path}.replication`}
        question="client.replication"
        choices={[
          { value: 'none', label: 'client.replication.none' },
          { value: 'physical', label: 'client.replication.physical', about: 'client.replication.physical.about' },
          { value: 'logical', label: 'client.replication.logical', about: 'client.replication.logical.about' },
        ]}
      />
      {(isPrivate || client.endpoint === 'replica') && (
        <ChoiceField
          path={`${path}.endpoint`}
          question="client.endpoint"
          choices={[
            { value: 'primary', label: 'client.endpoint.primary' },
            { value: 'replica', label: 'client.endpoint.replica' },
          ]}
        />
      )}
      <NumberField
        path={`${path}.connectionLimit`}
        question="client.connectionLimit"
        optional
        placeholder={t('client.noLimit')}
      />
      {inCloud && (
        <TextField
          path={`${path}.cloudGroup`}
          question="client.cloudGroup"
          optional
          placeholder="sg-0123456789abcdef0"
          mono
        />
      )}
      <TextField path={`${path}.validUntil`} question="client.validUntil" optional placeholder="2027-12-31" mono />
    </More>
  );
}
