/** What a server of one major knows, what its psql prints, and where its packages put it. */
import { type PsqlAnswer, type PsqlOptions, whatPsqlPrints as printed } from '../diagnosis/psql.ts';
import type { Connection } from '../hba-analysis/decide.ts';
import { importFiles as imported } from '../import/import.ts';
import type { Imported, ImportInput } from '../import/imported.ts';
import { type CatalogueSetting, settingOf as settingIn } from '../postgres/conf/catalogue.ts';
import { suggestSetting as suggested } from '../postgres/conf/suggest.ts';
import { valueProblem as problemOf } from '../postgres/conf/value.ts';
import type { Hba } from '../postgres/hba/hba.ts';
import { platformFacts as factsOf, type Installation, PLATFORMS, type PlatformFacts } from '../postgres/platform.ts';
import { connection } from './connection.ts';
import { guarded, listOfText, major, objectOf, oneOf, optional, parsedHba, sideFiles, text } from './input.ts';

const platform = oneOf(...PLATFORMS);

/** The setting as the major knows it; names are case-insensitive. */
export const settingOf = guarded((name: string, of: number): CatalogueSetting | undefined => settingIn(name, of), {
  name: text,
  major,
});

/** Why a server of that major rejects a value; undefined if it accepts the value. */
export const valueProblem = guarded(
  (setting: CatalogueSetting, value: string, of: number): string | undefined => problemOf(setting, value, of),
  { setting: objectOf({ name: text, type: text }), value: text, major },
);

/** The name that was probably meant. */
export const suggestSetting = guarded((name: string, of: number): string | undefined => suggested(name, of), {
  name: text,
  major,
});

/** Paths and commands for an installation of a major. */
export const platformFacts = guarded(
  (installation: Installation, of: number): PlatformFacts => factsOf(installation, of),
  { installation: objectOf({ platform, cluster: text, superuser: text }), major },
);

/** What psql prints for each `sslmode`, where pg_hba.conf rejects the connection or the server has no TLS. */
export const whatPsqlPrints = guarded(
  (hba: Hba, to: Connection, options: PsqlOptions): PsqlAnswer[] => printed(hba, to, options),
  { hba: parsedHba, connection, options: objectOf({ clientMajor: major, host: text }) },
);

/** A server's own files as a plan, with what is left over. */
export const importFiles = guarded((input: ImportInput): Imported => imported(input), {
  input: objectOf({
    hba: text,
    conf: text,
    ident: optional(text),
    major,
    files: optional(sideFiles),
    platform: optional(platform),
    roles: optional(listOfText),
  }),
});
