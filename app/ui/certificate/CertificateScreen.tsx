import { useQuery } from '@tanstack/react-query';
import { core } from '../../worker/client.ts';
import { queryClient } from '../answers/query-client.ts';
import { useAnswers } from '../answers/store.ts';
import { t } from '../messages/translate.ts';
import { headingOf } from '../wizard/view.ts';
import { GivenText } from './GivenText.tsx';
import { Own } from './Own.tsx';
import { SubjectSection } from './SubjectSection.tsx';
import { useGiven } from './store.ts';

const none = [] as const;

/** A certificate, and what the plan's clients will make of it. */
export default function CertificateScreen() {
  const plan = useAnswers((state) => state.made?.plan);
  const outdated = useAnswers((state) => state.issues.length > 0);
  const { reading, now, chosen } = useGiven();
  const certificates = reading?.ok ? reading.certificates : none;
  const judged = useQuery(
    {
      queryKey: ['certificates', plan, certificates, now, chosen],
      queryFn: () => (plan ? core.judge(plan, certificates, now, chosen) : null),
      enabled: plan !== undefined,
      // The answers of before stay in sight until the new ones are there.
      placeholderData: (before) => before,
      gcTime: 0,
      networkMode: 'always',
    },
    queryClient,
  );
  const subjects = certificates.length === 0 ? none : (judged.data?.subjects ?? none);
  const rows = subjects.flatMap((subject) => subject.rows);
  return (
    <main className="mx-auto min-h-dvh max-w-5xl bg-surface px-4 py-6 md:px-8">
      <h1
        id={headingOf({ view: 'certificate', page: null })}
        tabIndex={-1}
        className="text-xl font-semibold outline-none"
      >
        {t('certificate.title')}
      </h1>
      <p className="mt-1 mb-5 max-w-prose text-muted">{t('certificate.about')}</p>
      <GivenText />
      <p role="status" className="mt-3 font-medium">
        {subjects.length > 0 &&
          t('certificate.read', {
            certificates: certificates.length,
            refused: rows.filter(({ outcome }) => outcome === 'refused').length,
            rows: rows.length,
          })}
      </p>
      {outdated && subjects.length > 0 && <p className="mt-1 text-caution">{t('certificate.outdated')}</p>}
      {judged.isError && <p className="mt-1 text-deny">{t('certificate.failed')}</p>}
      {reading?.ok && reading.ignored.length > 0 && (
        <p className="mt-1 text-muted">{t('certificate.ignored', { labels: reading.ignored.join(', ') })}</p>
      )}
      {subjects.map((subject) => (
        <SubjectSection
          key={subject.certificate.fingerprint}
          subject={subject}
          machines={judged.data?.machines ?? none}
          now={now}
        />
      ))}
      {judged.data?.own && <Own own={judged.data.own} />}
    </main>
  );
}
