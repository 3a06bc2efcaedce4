import type { HostCertificate } from '../../../../../core/index.ts';
import { useAt } from '../../../../shared/draft/store.ts';
import { Entries } from '../../../../shared/fields/Entries.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { t } from '../../../../shared/messages/translate.ts';

/** Shown if the server supports it, and if there are some already, so that the problem is visible. */
export function HostCertificates() {
  const possible = Number(useAt('server.major')) >= 19;
  const chosen = (useAt('security.hostCertificates') as readonly HostCertificate[]).length > 0;
  if (!possible && !chosen) return null;
  return (
    <div>
      <h2 className="mb-1 font-semibold">{t('security.hostCertificates')}</h2>
      <Entries<HostCertificate>
        path="security.hostCertificates"
        question="security.hostCertificates"
        add="security.hostCertificates.add"
        empty="security.hostCertificates.empty"
        make={() => ({ name: '', certificateFile: '', keyFile: '' })}
        summary={({ certificateFile }) => certificateFile}
        form={(path) => (
          <>
            <TextField path={`${path}.name`} question="hostCertificate.name" placeholder="orders.example.com" mono />
            <TextField
              path={`${path}.certificateFile`}
              question="hostCertificate.certificateFile"
              placeholder="/etc/ssl/certs/orders.crt"
              mono
            />
            <TextField
              path={`${path}.keyFile`}
              question="hostCertificate.keyFile"
              placeholder="/etc/ssl/private/orders.key"
              mono
            />
          </>
        )}
      />
    </div>
  );
}
