import type { Draft } from '../../../../shared/draft/draft.ts';
import { change, useDraft } from '../../../../shared/draft/store.ts';
import { ChoiceField } from '../../../../shared/fields/ChoiceField.tsx';
import { More } from '../../../../shared/fields/More.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';

type Proxy = Extract<Draft['network'], { pattern: 'bastion' }>['proxy'];
type Kind = Proxy['kind'];

const starts: { readonly [K in Kind]: Extract<Proxy, { kind: K }> } = {
  none: { kind: 'none' },
  pgbouncer: { kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pgbouncer' },
  haproxy: { kind: 'haproxy', port: 5432 },
};

const left: Partial<Record<Kind, Proxy>> = {};

/** How database clients connect through the bastion. */
export function ProxyChoice() {
  const proxy = useDraft(({ draft }) => (draft.network.pattern === 'bastion' ? draft.network.proxy : starts.none));
  return (
    <>
      <ChoiceField
        path="network.proxy.kind"
        question="proxy.kind"
        choices={[
          { value: 'none', label: 'proxy.none', about: 'proxy.none.about' },
          { value: 'pgbouncer', label: 'proxy.pgbouncer', about: 'proxy.pgbouncer.about' },
          { value: 'haproxy', label: 'proxy.haproxy', about: 'proxy.haproxy.about' },
        ]}
        onChoose={(value) => {
          const kind = (['none', 'pgbouncer', 'haproxy'] as const).find((one) => one === value) ?? 'none';
          left[proxy.kind] = proxy;
          change('network.proxy', left[kind] ?? starts[kind]);
        }}
      />
      {proxy.kind !== 'none' && <NumberField path="network.proxy.port" question="proxy.port" />}
      {proxy.kind === 'pgbouncer' && (
        <>
          <ChoiceField
            path="network.proxy.poolMode"
            question="proxy.poolMode"
            choices={[
              { value: 'session', label: 'proxy.poolMode.session', about: 'proxy.poolMode.session.about' },
              { value: 'transaction', label: 'proxy.poolMode.transaction', about: 'proxy.poolMode.transaction.about' },
            ]}
          />
          <More paths={['network.proxy.authRole']}>
            <TextField path="network.proxy.authRole" question="proxy.authRole" mono />
          </More>
        </>
      )}
    </>
  );
}
