import { say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import { discoveryOf } from '../../../plan/oauth-fields.ts';
import { validatorLibraries } from '../../../plan/reading.ts';
import { sql, sqlLiteral } from '../../../quote/sql.ts';
import type { Placing } from './placing.ts';
import type { Step } from './step.ts';

/**
 * What a reload does not check of OAuth: that the server can load the libraries that check tokens, and that the issuer
 * names itself as the rules do.
 */
export function oauthSteps({ plan }: AccessModel, place: Placing): Step[] {
  const libraries = validatorLibraries(plan);
  if (libraries.length === 0) return [];
  const issuers = [...new Set(plan.clients.flatMap(({ auth }) => (auth.method === 'oauth' ? [auth.issuer] : [])))];
  return [
    {
      title: say('guide.oauthLibraryTitle').text,
      text: [say('guide.oauthLibrary', { libraries: libraries.join(', ') }).text],
      language: place.language,
      commands: libraries.map((library) => place.psql(sql`LOAD ${sqlLiteral(library)}`)),
    },
    {
      title: say('guide.oauthIssuerTitle').text,
      text: issuers.map(discoveryOf).flatMap(({ issuer, document }) => [
        say('guide.oauthIssuer', { document }).text,
        issuer,
      ]),
    },
  ];
}
