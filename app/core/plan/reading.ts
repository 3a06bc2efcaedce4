import type { ParseHbaOptions } from '../postgres/hba/hba.ts';
import { bindPasswordFiles } from './directory-bind.ts';
import type { Plan } from './schema.ts';

/** What the server of a plan knows when it reads the plan's pg_hba.conf. */
export const readingOf = (plan: Plan, major: number): ParseHbaOptions => ({
  major,
  files: bindPasswordFiles(plan),
  oauthValidatorLibraries: validatorLibraries(plan).join(', '),
});

/**
 * The libraries in `oauth_validator_libraries`, each once, in the plan's order: those of all clients, or of the clients
 * of one endpoint. No name has a comma, a blank or a quotation mark.
 */
export const validatorLibraries = (
  { clients }: Pick<Plan, 'clients'>,
  of?: Plan['clients'][number]['endpoint'],
): string[] => [
  ...new Set(
    clients.flatMap(({ auth, endpoint }) =>
      auth.method === 'oauth' && (of === undefined || endpoint === of) ? [auth.validator] : [],
    ),
  ),
];
