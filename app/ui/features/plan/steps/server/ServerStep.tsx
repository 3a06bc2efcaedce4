import { changeAddresses } from '../../../../shared/draft/addresses.ts';
import { useAt, useDraft } from '../../../../shared/draft/store.ts';
import { CheckField } from '../../../../shared/fields/CheckField.tsx';
import { ChoiceField } from '../../../../shared/fields/ChoiceField.tsx';
import { More } from '../../../../shared/fields/More.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { TokenField } from '../../../../shared/fields/TokenField.tsx';
import { t } from '../../../../shared/messages/translate.ts';
import type { Group } from '../../../../shared/navigation/steps.ts';
import { show } from '../../../../shared/navigation/view.ts';
import { useAsked } from '../../../../shared/server-files/screen-state.ts';
import { Version } from './Version.tsx';

export default function ServerStep({ group }: { readonly group: Group }) {
  return group === 'addresses' ? <Addresses /> : <Machine />;
}

/** Opens the comparison of the plan's rules with a pg_hba.conf that the user opens or pastes there. */
function compareWithOwn(): void {
  useAsked.setState(({ compare }) => ({ compare: { ...compare, against: 'plan', swapped: false } }));
  show({ view: 'compare', page: null });
}

function Machine() {
  const debian = useAt('server.platform') === 'debian';
  return (
    <>
      <TextField path="server.name" question="server.name" optional placeholder="db.example.com" mono />
      <Version />
      <NumberField path="server.port" question="server.port" />
      <ChoiceField
        path="server.rules"
        question="server.rules"
        choices={[
          { value: 'replace', label: 'server.rules.replace', about: 'server.rules.replace.about' },
          { value: 'merge', label: 'server.rules.merge', about: 'server.rules.merge.about' },
        ]}
      />
      <button type="button" className="button" onClick={compareWithOwn}>
        {t('server.rules.compare')}
      </button>
      {debian && <TextField path="server.cluster" question="server.cluster" placeholder="main" mono />}
      <More paths={['server.dataDirectory', 'server.configDirectory', 'server.superuser', 'server.osUser']}>
        <TextField
          path="server.dataDirectory"
          question="server.dataDirectory"
          optional
          placeholder={t('field.platformDefault')}
          mono
        />
        <TextField
          path="server.configDirectory"
          question="server.configDirectory"
          optional
          placeholder={t('field.platformDefault')}
          mono
        />
        <TextField path="server.superuser" question="server.superuser" mono />
        <TextField
          path="server.osUser"
          question="server.osUser"
          optional
          placeholder={t('field.platformDefault')}
          mono
        />
      </More>
    </>
  );
}

function Addresses() {
  const open = useDraft(({ draft }) => draft.server.addresses.public.length > 0 || draft.server.publicBehindNat);
  return (
    <>
      <TokenField
        path="server.addresses.private"
        question="server.addresses.private"
        separation="addresses"
        placeholder="10.0.2.10"
        set={changeAddresses}
      />
      <TokenField
        path="server.addresses.public"
        question="server.addresses.public"
        separation="addresses"
        placeholder="203.0.113.10"
        set={changeAddresses}
      />
      {open && <CheckField path="server.publicBehindNat" question="server.publicBehindNat" />}
    </>
  );
}
