import type { OwnCertificates } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';

/** What the plan's private CA issues, as a reference for the names that a certificate from another CA must contain. */
export function PlanCertificates({ own }: { readonly own: OwnCertificates }) {
  const { servers, roles, days, algorithm } = own;
  return (
    <section aria-labelledby="own-heading" className="mt-6 border-t border-edge pt-4">
      <h2 id="own-heading" className="text-lg font-semibold">
        {t('certificate.own')}
      </h2>
      <p className="max-w-prose text-muted">
        {t('certificate.own.about', { days, key: algorithm === 'ecdsa' ? 'EC P-256' : 'RSA 3072' })}
      </p>
      <dl className="mt-2 divide-y divide-line border-y border-line">
        {servers.map(({ file, name, names, addresses }) => (
          <div key={file} className="py-2 md:grid md:grid-cols-[15rem_minmax(0,1fr)] md:gap-4">
            <dt className="min-w-0 break-words">
              {name} <span className="block font-mono text-xs text-muted">{file}.crt</span>
            </dt>
            <dd className="min-w-0 font-mono text-xs break-words">{[...names, ...addresses].join(', ')}</dd>
          </div>
        ))}
        {roles.length > 0 && (
          <div className="py-2 md:grid md:grid-cols-[15rem_minmax(0,1fr)] md:gap-4">
            <dt>{t('certificate.own.roles')}</dt>
            <dd className="min-w-0 font-mono text-xs break-words">{roles.join(', ')}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
