import type { Draft } from '../../../../shared/draft/draft.ts';
import { useDraft } from '../../../../shared/draft/store.ts';
import { CheckField } from '../../../../shared/fields/CheckField.tsx';
import { ChoiceField } from '../../../../shared/fields/ChoiceField.tsx';
import { Entries, freshName } from '../../../../shared/fields/Entries.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { TokenField } from '../../../../shared/fields/TokenField.tsx';

type Replica = Extract<Draft['network'], { replicas: unknown }>['replicas'][number];

export function Subnets() {
  return (
    <TokenField path="network.subnets" question="network.subnets" separation="addresses" placeholder="10.0.1.0/24" />
  );
}

export function Replicas() {
  const some = useDraft(({ draft }) => draft.network.pattern === 'private' && draft.network.replicas.length > 0);
  return (
    <>
      <Entries<Replica>
        path="network.replicas"
        question="network.replicas"
        add="network.replicas.add"
        empty="network.replicas.empty"
        make={(names) => ({ name: freshHost(names), addresses: [] })}
        summary={(replica) => replica.addresses.join(', ')}
        form={(path) => (
          <>
            <TextField path={`${path}.name`} question="replica.name" mono />
            <TokenField
              path={`${path}.addresses`}
              question="replica.addresses"
              separation="addresses"
              placeholder="10.0.2.11"
            />
          </>
        )}
      />
      {some && (
        <>
          <TextField path="network.replicationRole" question="network.replicationRole" mono />
          <ChoiceField
            path="network.replicationAuth"
            question="network.replicationAuth"
            choices={[
              { value: 'scram', label: 'network.replicationAuth.scram' },
              { value: 'cert', label: 'network.replicationAuth.cert' },
              { value: 'cert+scram', label: 'network.replicationAuth.cert+scram' },
            ]}
          />
          <CheckField path="network.slots" question="network.slots" />
        </>
      )}
    </>
  );
}

/** Names of replicas are DNS names, which contain no blank. */
const freshHost = (names: readonly string[]): string =>
  freshName(
    'replica',
    names.map((name) =>
      name.replace(/^replica-?(\d*)\.example\.com$/, (_, number: string) => (number ? `replica ${number}` : 'replica')),
    ),
  ).replace(/^replica ?(\d*)$/, (_, number: string) => `replica${number ? `-${number}` : ''}.example.com`);
