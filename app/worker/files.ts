import { type ParseHbaOptions, parseConf, permittedValidators, type SideFiles } from '../core/index.ts';

/** The two files of a server and those that they include; an empty text means that the file is missing. */
export interface Files {
  readonly major: number;
  readonly hba: string;
  readonly conf: string;
  readonly included: SideFiles;
  /** The name of the bootstrap superuser, where a screen asks for it; `postgres` if absent. */
  readonly superuser?: string;
}

/** What the server knows when it reads pg_hba.conf: the files that it names, and the validator libraries of OAuth. */
export const hbaReading = ({ major, conf, included }: Files): ParseHbaOptions => ({
  major,
  files: included,
  ...(conf === '' ? {} : { oauthValidatorLibraries: permittedValidators(parseConf(conf, { major, files: included })) }),
});
