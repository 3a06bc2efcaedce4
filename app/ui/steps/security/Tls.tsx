import { change, useAt } from '../../draft/store.ts';
import { ChoiceField } from '../../fields/ChoiceField.tsx';
import { More } from '../../fields/More.tsx';
import { TextField } from '../../fields/TextField.tsx';
import { t } from '../../messages/translate.ts';

export function Tls() {
  const existing = useAt('security.certificate.source') === 'existing';
  return (
    <>
      <ChoiceField
        path="security.certificate.source"
        question="security.certificate"
        choices={[
          { value: 'own-ca', label: 'security.certificate.ownCa', about: 'security.certificate.ownCa.about' },
          {
            value: 'lets-encrypt',
            label: 'security.certificate.letsEncrypt',
            about: 'security.certificate.letsEncrypt.about',
          },
          { value: 'existing', label: 'security.certificate.existing', about: 'security.certificate.existing.about' },
        ]}
        onChoose={(source) =>
          change(
            'security.certificate',
            source === 'existing'
              ? {
                  source,
                  certificateFile: '/etc/ssl/certs/server.crt',
                  keyFile: '/etc/ssl/private/server.key',
                  rootFile: null,
                }
              : { source },
          )
        }
      />
      {existing && (
        <>
          <TextField path="security.certificate.certificateFile" question="security.certificateFile" mono />
          <TextField path="security.certificate.keyFile" question="security.keyFile" mono />
          <TextField
            path="security.certificate.rootFile"
            question="security.rootFile"
            optional
            placeholder={t('security.systemRoots')}
            mono
          />
        </>
      )}
      <ChoiceField
        path="security.tlsMinimum"
        question="security.tlsMinimum"
        choices={[
          { value: 'TLSv1.2', label: 'security.tlsMinimum.12', about: 'security.tlsMinimum.12.about' },
          { value: 'TLSv1.3', label: 'security.tlsMinimum.13', about: 'security.tlsMinimum.13.about' },
        ]}
      />
      <More paths={['security.ciphers']}>
        <TextField
          path="security.ciphers"
          question="security.ciphers"
          optional
          placeholder={t('field.serverDefault')}
          mono
        />
      </More>
    </>
  );
}
