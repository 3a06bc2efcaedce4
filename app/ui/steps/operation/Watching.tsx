import { useAt, useDraft } from '../../draft/store.ts';
import { ChoiceField } from '../../fields/ChoiceField.tsx';
import { More } from '../../fields/More.tsx';
import { NumberField } from '../../fields/NumberField.tsx';
import { TextField } from '../../fields/TextField.tsx';
import { t } from '../../messages/translate.ts';

/** The first major that writes JSON (postgresql.org/docs/15/release-15.html). */
const JSON_SINCE = 15;

export function Watching() {
  const log = useAt('monitoring.log');
  const json = useDraft(({ draft }) => Number(draft.server.major)) >= JSON_SINCE || log === 'jsonlog';
  const bans = useAt('monitoring.fail2ban') !== 'none';
  return (
    <>
      <ChoiceField
        path="monitoring.fail2ban"
        question="monitoring.fail2ban"
        choices={[
          { value: 'none', label: 'monitoring.fail2ban.none' },
          { value: 'file', label: 'monitoring.fail2ban.file', about: 'monitoring.fail2ban.file.about' },
          { value: 'journal', label: 'monitoring.fail2ban.journal', about: 'monitoring.fail2ban.journal.about' },
        ]}
      />
      {bans && (
        <>
          <NumberField path="monitoring.maxRetry" question="monitoring.maxRetry" />
          <NumberField path="monitoring.banTime" question="monitoring.banTime" />
        </>
      )}
      <More paths={['monitoring.log', 'monitoring.linePrefix']}>
        <ChoiceField
          path="monitoring.log"
          question="monitoring.log"
          choices={[
            { value: 'stderr', label: 'monitoring.log.stderr' },
            ...(json
              ? [{ value: 'jsonlog', label: 'monitoring.log.jsonlog', about: 'monitoring.log.jsonlog.about' } as const]
              : []),
            { value: 'syslog', label: 'monitoring.log.syslog', about: 'monitoring.log.syslog.about' },
          ]}
        />
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
