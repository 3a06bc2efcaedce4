import { expect, test } from 'vitest';
import { type Client, defaultPlan, deriveAccess } from '../../../../../core/index.ts';
import { clientSentence } from './sentence.ts';

type Oauth = Extract<Client['auth'], { method: 'oauth' }>;

test.each<[Oauth['mapping'], string]>([
  [{ kind: 'same' }, 'an OAuth token of the user with the same name'],
  [
    { kind: 'map', identities: ['alice@acme.test', 'bob@acme.test'] },
    'an OAuth token of alice@acme.test, bob@acme.test',
  ],
  [{ kind: 'validator' }, 'any OAuth token that pg_oidc_validator accepts'],
])('the sentence of a client with OAuth says whose token logs in: %j', (mapping, tokens) => {
  const start = defaultPlan('direct');
  const validator = 'pg_oidc_validator';
  const auth: Oauth = {
    method: 'oauth',
    issuer: 'https://a.test',
    scope: 'db',
    validator,
    options: [],
    clientId: null,
    mapping,
  };
  const { clients } = deriveAccess({ ...start, clients: start.clients.map((client) => ({ ...client, auth })) });
  const [access] = clients;
  expect(access && clientSentence(access)).toContain(` with ${tokens} over TLS.`);
});
