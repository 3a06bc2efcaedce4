import type { Draft, DraftClient } from '../../../../shared/draft/draft.ts';
import { change, useAt } from '../../../../shared/draft/store.ts';
import { CheckField } from '../../../../shared/fields/CheckField.tsx';
import { ChoiceField } from '../../../../shared/fields/ChoiceField.tsx';
import { NumberField } from '../../../../shared/fields/NumberField.tsx';
import { SelectField } from '../../../../shared/fields/SelectField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { TokenField } from '../../../../shared/fields/TokenField.tsx';
import { t } from '../../../../shared/messages/translate.ts';

type Auth = Draft['clients'][number]['auth'];
type Method = Auth['method'];

const remote: readonly Method[] = ['scram', 'cert', 'cert+scram', 'gss', 'ldap', 'oauth'];
const local: readonly Method[] = ['peer', 'scram'];

/** How the client authenticates, with the options of the method. */
export function AuthFields({ path, client }: { readonly path: string; readonly client: DraftClient }) {
  const methods = client.via === 'socket' ? local : remote;
  return (
    <>
      <SelectField
        path={`${path}.method`}
        question="client.auth"
        choices={methods.map((method) => ({ value: method, label: t(`client.auth.${method}`) }))}
        onChoose={(value) => {
          const method = methods.find((one) => one === value);
          if (method) change(path, start(method));
        }}
      >
        <p className="mt-1.5 text-muted">{t(`client.auth.${client.auth.method}.about`)}</p>
      </SelectField>
      {client.auth.method === 'gss' && (
        <>
          <TextField path={`${path}.realm`} question="gss.realm" optional placeholder="EXAMPLE.COM" mono />
          <CheckField path={`${path}.includeRealm`} question="gss.includeRealm" />
        </>
      )}
      {client.auth.method === 'ldap' && <Ldap path={path} />}
      {client.auth.method === 'oauth' && <Oauth path={path} />}
    </>
  );
}

function Ldap({ path }: { readonly path: string }) {
  const search = useAt(`${path}.bind.kind`) === 'search';
  return (
    <>
      <TextField path={`${path}.server`} question="ldap.server" placeholder="ldap.example.com" mono />
      <NumberField path={`${path}.port`} question="ldap.port" />
      <ChoiceField
        path={`${path}.tls`}
        question="ldap.tls"
        choices={[
          { value: 'ldaps', label: 'ldap.tls.ldaps' },
          { value: 'starttls', label: 'ldap.tls.starttls' },
          { value: 'none', label: 'ldap.tls.none', about: 'ldap.tls.none.about' },
        ]}
      />
      <ChoiceField
        path={`${path}.bind.kind`}
        question="ldap.bind"
        choices={[
          { value: 'simple', label: 'ldap.bind.simple' },
          { value: 'search', label: 'ldap.bind.search' },
        ]}
        onChoose={(kind) =>
          change(
            `${path}.bind`,
            kind === 'search'
              ? { kind, baseDn: 'dc=example,dc=com', attribute: 'uid', bindDn: null }
              : { kind, prefix: 'uid=', suffix: ',ou=people,dc=example,dc=com' },
          )
        }
      />
      {search ? (
        <>
          <TextField path={`${path}.bind.baseDn`} question="ldap.baseDn" mono />
          <TextField path={`${path}.bind.attribute`} question="ldap.attribute" mono />
          <TextField
            path={`${path}.bind.bindDn`}
            question="ldap.bindDn"
            optional
            placeholder="cn=postgres,ou=services,dc=example,dc=com"
            mono
          />
        </>
      ) : (
        <>
          <TextField path={`${path}.bind.prefix`} question="ldap.prefix" mono />
          <TextField path={`${path}.bind.suffix`} question="ldap.suffix" mono />
        </>
      )}
    </>
  );
}

function Oauth({ path }: { readonly path: string }) {
  const listed = useAt(`${path}.mapping.kind`) === 'map';
  return (
    <>
      <TextField
        path={`${path}.issuer`}
        question="oauth.issuer"
        placeholder="https://login.example.com/realms/staff"
        mono
      />
      <TextField path={`${path}.scope`} question="oauth.scope" placeholder="openid" mono />
      <TextField path={`${path}.clientId`} question="oauth.clientId" optional placeholder="psql" mono />
      <TextField path={`${path}.validator`} question="oauth.validator" placeholder="pg_oidc_validator" mono />
      <TokenField
        path={`${path}.options`}
        question="oauth.options"
        separation="lines"
        placeholder="audience=postgres"
      />
      <ChoiceField
        path={`${path}.mapping.kind`}
        question="oauth.mapping"
        choices={[
          { value: 'same', label: 'oauth.mapping.same' },
          { value: 'map', label: 'oauth.mapping.map' },
          { value: 'validator', label: 'oauth.mapping.validator', about: 'oauth.mapping.validator.about' },
        ]}
        onChoose={(kind) => change(`${path}.mapping`, kind === 'map' ? { kind, identities: [] } : { kind })}
      />
      {listed && (
        <TokenField
          path={`${path}.mapping.identities`}
          question="oauth.identities"
          separation="names"
          placeholder="maria@example.com"
        />
      )}
    </>
  );
}

/** A method with its usual options. */
function start(method: Method): Auth {
  if (method === 'gss') return { method, realm: null, includeRealm: true };
  if (method === 'oauth') {
    const asked = { issuer: 'https://login.example.com', scope: 'openid', validator: '', clientId: null };
    return { method, ...asked, options: [], mapping: { kind: 'same' } };
  }
  if (method !== 'ldap') return { method };
  return {
    method,
    server: 'ldap.example.com',
    port: 636,
    tls: 'ldaps',
    bind: { kind: 'simple', prefix: 'uid=', suffix: ',ou=people,dc=example,dc=com' },
  };
}
