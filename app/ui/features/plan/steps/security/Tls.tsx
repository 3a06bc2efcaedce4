import { ownAuthority } from '../../../../../core/index.ts';
import { change, useAt } from '../../../../shared/draft/store.ts';
import { CheckField } from '../../../../shared/fields/CheckField.tsx';
import { ChoiceField } from '../../../../shared/fields/ChoiceField.tsx';
import { More } from '../../../../shared/fields/More.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { t } from '../../../../shared/messages/translate.ts';
import { DirectTls } from './DirectTls.tsx';
import { HostCertificates } from './HostCertificates.tsx';
import { KeyExchange } from './KeyExchange.tsx';

export function Tls() {
  const source = useAt('security.certificate.source');
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
              : source === 'own-ca'
                ? ownAuthority
                : { source },
          )
        }
      />
      {source === 'existing' && (
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
      {source === 'own-ca' && <CheckField path="security.certificate.revocation" question="security.revocation" />}
      <HostCertificates />
      <ChoiceField
        path="security.tlsMinimum"
        question="security.tlsMinimum"
        choices={[
          { value: 'TLSv1.2', label: 'security.tlsMinimum.12', about: 'security.tlsMinimum.12.about' },
          { value: 'TLSv1.3', label: 'security.tlsMinimum.13', about: 'security.tlsMinimum.13.about' },
        ]}
      />
      <DirectTls />
      <More
        paths={['security.ciphers', 'security.groups', 'security.certificate.algorithm', 'security.certificate.days']}
      >
        {source === 'own-ca' && (
          <>
            <ChoiceField
              path="security.certificate.algorithm"
              question="security.algorithm"
              choices={[
                { value: 'ecdsa', label: 'security.algorithm.ecdsa', about: 'security.algorithm.ecdsa.about' },
                { value: 'rsa', label: 'security.algorithm.rsa', about: 'security.algorithm.rsa.about' },
              ]}
            />
            <NumberField path="security.certificate.days" question="security.days" />
          </>
        )}
        <TextField
          path="security.ciphers"
          question="security.ciphers"
          optional
          placeholder={t('field.serverDefault')}
          mono
        />
        <KeyExchange />
      </More>
    </>
  );
}
