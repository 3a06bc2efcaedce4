import { useAt } from '../../draft/store.ts';
import { ChoiceField } from '../../fields/ChoiceField.tsx';
import { More } from '../../fields/More.tsx';
import { NumberField } from '../../fields/NumberField.tsx';
import { TextField } from '../../fields/TextField.tsx';
import { t } from '../../messages/translate.ts';

export function Watching() {
  const bans = useAt('monitoring.fail2ban') !== 'none';
  return (
    <>
      <ChoiceField
        path="monitoring.fail2ban"
        question="monitoring.fail2ban"
        choices={[
          { value: 'none', label: 'monitoring.fail2ban.none' },
          { value: 'file', label: 'monitoring.fail2ban.file', about: 'monitoring.fail2ban.file.about' },
        ]}
      />
      {bans && (
        <>
          <NumberField path="monitoring.maxRetry" question="monitoring.maxRetry" />
          <NumberField path="monitoring.banTime" question="monitoring.banTime" />
        </>
      )}
      <More paths={['monitoring.linePrefix']}>
        <TextField
          path="monitoring.linePrefix"
          question="monitoring.linePrefix"
          optional
          placeholder={t('monitoring.linePrefix.own')}
          mono
        />
      </More>
    </>
  );
}
