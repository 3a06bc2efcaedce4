import { Info } from 'lucide-react';
import type { CertificateMachine, JudgedCertificate } from '../../../core/index.ts';
import { sayCore, t } from '../../shared/messages/translate.ts';
import { Chain } from './Chain.tsx';
import { chooseMachine } from './store.ts';
import { Verdicts } from './Verdicts.tsx';

interface Props {
  readonly subject: JudgedCertificate;
  readonly machines: readonly CertificateMachine[];
  readonly now: number;
}

/** One certificate: its facts, how each client evaluates it, and its chain. */
export function SubjectSection({ subject, machines, now }: Props) {
  const { certificate, use, machine, rows, remarks } = subject;
  const id = `certificate-${certificate.index}`;
  return (
    <section aria-labelledby={id} className="mt-6 border-t border-edge pt-4">
      <h2 id={id} className="text-lg font-semibold break-words">
        {certificate.commonName ?? (certificate.alternatives[0]?.text || certificate.subject)}
      </h2>
      <p className="text-muted">{t(`certificate.use.${use}`)}</p>
      {machine !== null && machines.length > 1 && (
        <div className="mt-3 max-w-sm">
          <label htmlFor={`${id}-machine`} className="block font-semibold">
            {t('certificate.machine')}
          </label>
          <select
            id={`${id}-machine`}
            className="input mt-1"
            value={machine}
            onChange={(event) => chooseMachine(certificate.index, event.target.value)}
          >
            {machines.map(({ file, name }) => (
              <option key={file} value={file}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      {remarks.length > 0 && (
        <ul className="mt-3 space-y-1.5">
          {remarks.map((remark) => (
            <li key={remark.text} className="flex gap-1.5">
              <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-caution" />
              <span className="min-w-0 break-words">{sayCore(remark)}</span>
            </li>
          ))}
        </ul>
      )}
      <Verdicts rows={rows} caption={t(use === 'client' ? 'certificate.forRoles' : 'certificate.forClients')} />
      <Chain subject={subject} now={now} />
    </section>
  );
}
