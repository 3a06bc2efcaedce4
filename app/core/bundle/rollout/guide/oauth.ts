import { say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import { discoveryOf } from '../../../plan/oauth-fields.ts';
import { validatorLibraries } from '../../../plan/reading.ts';
import type { Plan } from '../../../plan/schema.ts';
import { sql, sqlLiteral } from '../../../quote/sql.ts';
import type { Placing } from './placing.ts';
import type { Step } from './step.ts';

/** Before anything changes: a reload does not check that the server can load the libraries that check tokens. */
export function libraryStep({ plan }: AccessModel, place: Placing): Step[] {
  const libraries = validatorLibraries(plan, 'primary');
  if (libraries.length === 0) return [];
  const { port } = plan.server;
  return [
    {
      title: say('guide.oauthLibraryTitle').text,
      text: [
        say('guide.oauthLibrary', { libraries: libraries.join(', ') }).text,
        ...(port === 5432 ? [] : [say('guide.checkPort', { port }).text]),
      ],
      language: place.language,
      commands: libraries.map((library) => place.psql(sql`LOAD ${sqlLiteral(library)}`)),
      after: [say('guide.oauthLibraryExpected').text],
    },
  ];
}

/** The issuer must name itself as the rules do: neither a reload nor the server's log says so. */
export function issuerStep({ plan }: AccessModel): Step[] {
  const issuers = issuersOf(plan);
  if (issuers.length === 0) return [];
  return [
    {
      title: say('guide.oauthIssuerTitle').text,
      text: issuers
        .map(discoveryOf)
        .flatMap(({ issuer, document }) => [say('guide.oauthIssuer', { document }).text, issuer]),
    },
  ];
}

/** What the issuer and the network must provide. */
export function tokenNeeds({ plan }: AccessModel): string[] {
  const issuers = issuersOf(plan);
  if (issuers.length === 0) return [];
  const values = { issuers: issuers.join(', ') };
  return [say('guide.oauthClient', values).text, say('guide.oauthSecret').text, say('guide.oauthReach', values).text];
}

const issuersOf = ({ clients }: Plan): string[] => [
  ...new Set(clients.flatMap(({ auth }) => (auth.method === 'oauth' ? [auth.issuer] : []))),
];
