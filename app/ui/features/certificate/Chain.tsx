import { FileKey, FileQuestion, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Certificate, JudgedCertificate } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { absolute, fromNow } from './dates.ts';

/** The certificate, its issuer, and so on: a line leads from each to the next. */
export function Chain({ subject, now }: { readonly subject: JudgedCertificate; readonly now: number }) {
  const { path, missingIssuer } = subject;
  const signs = (at: number) => at < path.length - 1 || missingIssuer !== null;
  return (
    <>
      <h3 className="mt-5 font-semibold">{t('certificate.chain')}</h3>
      <ol className="mt-2">
        {path.map((certificate, at) => (
          <Step
            key={certificate.fingerprint}
            icon={
              at === 0 ? <FileKey aria-hidden className="size-5" /> : <ShieldCheck aria-hidden className="size-5" />
            }
            more={signs(at)}
          >
            <Description certificate={certificate} now={now} />
          </Step>
        ))}
        {missingIssuer !== null && (
          <Step icon={<FileQuestion aria-hidden className="size-5 text-caution" />} more={false}>
            <p className="font-semibold break-words">{missingIssuer}</p>
            <p className="text-caution">{t('certificate.missing')}</p>
          </Step>
        )}
      </ol>
    </>
  );
}

interface StepProps {
  readonly icon: ReactNode;
  readonly more: boolean;
  readonly children: ReactNode;
}

function Step({ icon, more, children }: StepProps) {
  return (
    <li className="flex gap-3">
      <div className="flex flex-col items-center text-accent">
        {icon}
        {more && <div className="w-px flex-1 bg-edge" />}
      </div>
      <div className="min-w-0 flex-1 pb-4">
        {children}
        {more && <p className="mt-1 text-xs text-muted">{t('certificate.signedBy')}</p>}
      </div>
    </li>
  );
}

function Description({ certificate, now }: { readonly certificate: Certificate; readonly now: number }) {
  const { subject, alternatives, notBefore, notAfter, key, signature, keyUsage, extendedKeyUsage, constraints } =
    certificate;
  const uses = [...(extendedKeyUsage ?? []), ...(keyUsage ?? [])];
  const expired = notAfter < now;
  const early = notBefore > now;
  return (
    <>
      <p className="font-semibold break-words">{subject === '' ? t('certificate.noSubject') : subject}</p>
      <dl className="mt-1 grid gap-x-4 gap-y-1 md:grid-cols-[9.5rem_minmax(0,1fr)]">
        <Fact name="names">
          {alternatives.length === 0 ? t('certificate.noNames') : alternatives.map(({ text }) => text).join(', ')}
        </Fact>
        <Fact name="from">
          {absolute(notBefore)} ({fromNow(notBefore, now)})
          {early && <strong className="ml-1 text-deny">{t('certificate.early')}</strong>}
        </Fact>
        <Fact name="to">
          {absolute(notAfter)} ({fromNow(notAfter, now)})
          {expired && <strong className="ml-1 text-deny">{t('certificate.expired')}</strong>}
        </Fact>
        <Fact name="key">
          {[key.algorithm, key.curve ?? (key.bits === null ? null : t('certificate.bits', { bits: key.bits }))]
            .filter((part) => part !== null && part !== key.algorithm)
            .reduce((text, part) => `${text}, ${part}`, key.algorithm)}
        </Fact>
        <Fact name="signature">{signature.algorithm}</Fact>
        <Fact name="uses">
          {uses.length === 0 ? t('certificate.anyUse') : uses.join(', ')}
          {constraints?.authority ? `; ${t('certificate.authority')}` : ''}
        </Fact>
        <Fact name="fingerprint">
          <span className="font-mono text-xs break-all">{certificate.fingerprint}</span>
        </Fact>
      </dl>
    </>
  );
}

type FactName = 'names' | 'from' | 'to' | 'key' | 'signature' | 'uses' | 'fingerprint';

function Fact({ name, children }: { readonly name: FactName; readonly children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted">{t(`certificate.fact.${name}`)}</dt>
      <dd className="mb-1 min-w-0 break-words md:mb-0">{children}</dd>
    </div>
  );
}
