import { STARTING_RETRIES } from '../../../../../core/index.ts';
import type { Draft } from '../../../../shared/draft/draft.ts';
import { replaceDraft, useAt, useDraft } from '../../../../shared/draft/store.ts';
import { CheckField } from '../../../../shared/fields/CheckField.tsx';
import { type Choice, ChoiceField } from '../../../../shared/fields/ChoiceField.tsx';
import { More } from '../../../../shared/fields/More.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { t } from '../../../../shared/messages/translate.ts';

export function Watching() {
  const bans = useAt('monitoring.fail2ban') !== 'none';
  return (
    <>
      <Log />
      <Bans />
      {bans && (
        <>
          <NumberField path="monitoring.maxRetry" question="monitoring.maxRetry" />
          <NumberField path="monitoring.banTime" question="monitoring.banTime" />
        </>
      )}
      <CheckField path="monitoring.queries" question="monitoring.queries" />
      <CheckField path="monitoring.prometheus" question="monitoring.prometheus" />
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

/** The choices that fit the server, and the one that an imported plan has, so that it can be seen and changed. */
const offered = (choices: readonly (Choice & { readonly fits: boolean })[], chosen: unknown): Choice[] =>
  choices.filter(({ value, fits }) => fits || value === chosen);

function Log() {
  const platform = String(useAt('server.platform'));
  const major = Number(useAt('server.major'));
  const choices = [
    { value: 'stderr', label: 'monitoring.log.stderr', about: 'monitoring.log.stderr.about', fits: true },
    { value: 'jsonlog', label: 'monitoring.log.jsonlog', about: 'monitoring.log.jsonlog.about', fits: major >= 15 },
    {
      value: 'syslog',
      label: 'monitoring.log.syslog',
      about: 'monitoring.log.syslog.about',
      fits: ['debian', 'rhel', 'source'].includes(platform),
    },
  ] as const;
  return (
    <ChoiceField path="monitoring.log" question="monitoring.log" choices={offered(choices, useAt('monitoring.log'))} />
  );
}

/**
 * fail2ban reads either the file or the journal, so the log destination follows. When turned on, it leaves room for
 * verify.sh.
 */
function withBans(draft: Draft, fail2ban: Draft['monitoring']['fail2ban']): Draft {
  const { monitoring } = draft;
  const { fail2ban: before, log, maxRetry } = monitoring;
  return {
    ...draft,
    monitoring: {
      ...monitoring,
      fail2ban,
      maxRetry: before === 'none' && fail2ban !== 'none' ? STARTING_RETRIES : maxRetry,
      log: fail2ban === 'journal' ? 'syslog' : fail2ban === 'file' && log === 'syslog' ? 'stderr' : log,
    },
  };
}

function Bans() {
  const platform = String(useAt('server.platform'));
  const now = useAt('monitoring.fail2ban');
  const choices = [
    { value: 'none', label: 'monitoring.fail2ban.none', fits: true },
    {
      value: 'file',
      label: 'monitoring.fail2ban.file',
      about: 'monitoring.fail2ban.file.about',
      fits: platform === 'debian',
    },
    {
      value: 'journal',
      label: 'monitoring.fail2ban.journal',
      about: 'monitoring.fail2ban.journal.about',
      fits: platform === 'debian' || platform === 'rhel',
    },
  ] as const;
  return (
    <ChoiceField
      path="monitoring.fail2ban"
      question="monitoring.fail2ban"
      choices={offered(choices, now)}
      onChoose={(value) => {
        const chosen = choices.find((one) => one.value === value);
        if (chosen) replaceDraft(withBans(useDraft.getState().draft, chosen.value));
      }}
    />
  );
}
