import { useAt, useDraft } from '../../../../shared/draft/store.ts';
import { ChoiceField } from '../../../../shared/fields/ChoiceField.tsx';
import { More } from '../../../../shared/fields/More.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import { SwitchField } from '../../../../shared/fields/SwitchField.tsx';
import { TokenField } from '../../../../shared/fields/TokenField.tsx';
import { t } from '../../../../shared/messages/translate.ts';
import { firewallsOf } from '../server/platform.ts';

export function Firewall() {
  const platform = useDraft(({ draft }) => draft.server.platform);
  const kind = useAt('firewall.kind');
  // Whether the port of the server, or that of a proxy on the bastion, faces the internet.
  const open = useDraft(
    ({ draft: { clients, network } }) =>
      clients.some((client) => client.via === 'public') ||
      (network.pattern === 'bastion' && network.proxy.kind !== 'none'),
  );
  const offered = firewallsOf(platform);
  // An imported plan may contain a choice that does not fit; it is shown, and rejected or explained where it matters.
  const kinds = offered.some((one) => one === kind) ? offered : [...offered, known(kind)];
  return (
    <>
      <ChoiceField
        path="firewall.kind"
        question="firewall.kind"
        choices={kinds.map((value) => ({
          value,
          label: `firewall.${value}` as const,
          about: `firewall.${value}.about` as const,
        }))}
      />
      {kind !== 'none' && kind !== 'windows' && open && (
        <NumberField
          path="firewall.rateLimit"
          question="firewall.rateLimit"
          optional
          placeholder={t('firewall.noLimit')}
        />
      )}
      {kind !== 'none' && (
        <More paths={['firewall.sources']}>
          <SwitchField path="firewall.sources" question="firewall.otherSources" start={[]}>
            <TokenField
              path="firewall.sources"
              question="firewall.sources"
              separation="addresses"
              placeholder="10.0.0.0/16"
            />
          </SwitchField>
        </More>
      )}
    </>
  );
}

const KINDS = ['ufw', 'nftables', 'iptables', 'firewalld', 'windows', 'none'] as const;
const known = (kind: unknown) => KINDS.find((one) => one === kind) ?? 'none';
