import { useQuery } from '@tanstack/react-query';
import { core } from '../../../worker/client.ts';
import { failureText } from '../../shared/answers/failure.ts';
import { queryClient } from '../../shared/answers/query-client.ts';
import { ResultNotice } from '../../shared/answers/ResultNotice.tsx';
import { useOutdated } from '../../shared/answers/result.ts';
import { useAnswers } from '../../shared/answers/store.ts';
import { t } from '../../shared/messages/translate.ts';
import { headingOf } from '../../shared/navigation/view.ts';
import { CertificateText } from './CertificateText.tsx';
import { PlanCertificates } from './PlanCertificates.tsx';
import { SubjectSection } from './SubjectSection.tsx';
import { useCertificates } from './store.ts';

const none = [] as const;

/** A certificate, and how the plan's clients will evaluate it. */
export default function CertificateScreen() {
  const plan = useAnswers((state) => state.made?.plan);
  const outdated = useOutdated();
  const { reading, now, chosen } = useCertificates();
  const certificates = reading?.ok ? reading.value.certificates : none;
  const judged = useQuery(
    {
      queryKey: ['certificates', plan, certificates, now, chosen],
      queryFn: () => core((calls) => calls.judge(plan ?? null, certificates, now, chosen)),
      // The previous answers are shown until the new ones are available.
      placeholderData: (before) => before,
      gcTime: 0,
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
      <CertificateText />
      {(subjects.length > 0 || judged.data?.own) && plan && outdated && <ResultNotice className="mt-3" />}
      <p role="status" className="mt-3 font-medium">
        {subjects.length > 0 &&
          t('certificate.read', {
            certificates: certificates.length,
            refused: rows.filter(({ outcome }) => outcome === 'refused').length,
            rows: rows.length,
          })}
      </p>
      {judged.isError && (
        <div role="alert" className="mt-1 flex flex-wrap items-center gap-2">
          <p className="min-w-0 text-deny">{failureText(judged.error)}</p>
          <button type="button" className="button" onClick={() => void judged.refetch()}>
            {t('load.retry')}
          </button>
        </div>
      )}
      {reading?.ok && reading.value.ignored.length > 0 && (
        <p className="mt-1 text-muted">{t('certificate.ignored', { labels: reading.value.ignored.join(', ') })}</p>
      )}
      {subjects.map((subject) => (
        <SubjectSection
          key={subject.certificate.fingerprint}
          subject={subject}
          machines={judged.data?.machines ?? none}
          now={now}
        />
      ))}
      {judged.data?.own && <PlanCertificates own={judged.data.own} />}
    </main>
  );
}
