import type { AuditFinding } from '../audit/audit.ts';
import { parseConf } from '../postgres/conf/conf.ts';
import { permittedValidators } from '../postgres/conf/facts.ts';
import { parseHba } from '../postgres/hba/hba.ts';
import type { SideFiles } from '../postgres/side-files.ts';
import type { AsRead, UpgradeRule } from './rule.ts';
import { upgradeRules } from './rules.ts';

export interface UpgradeInput {
  /** The text of pg_hba.conf. */
  readonly hba?: string;
  /** The text of postgresql.conf. */
  readonly conf?: string;
  /** Files that the two files name, by name. */
  readonly files?: SideFiles;
  /** The major that reads the files now. */
  readonly from: number;
  /** The major that will read them. It may be the older one. */
  readonly to: number;
}

/** A finding about an upgrade: what the audit's findings have. A fix is for the file of the target. */
export type UpgradeFinding = AuditFinding;

/** What the files of a server lose or change when another major reads them. Findings that keep it from starting are critical. */
export function upgradeReport({ hba, conf, files = {}, from, to }: UpgradeInput): UpgradeFinding[] {
  const asRead = <File>(read: (major: number) => File): AsRead<File> => ({ before: read(from), after: read(to) });
  const settings = conf === undefined ? undefined : asRead((major) => parseConf(conf, { major, files }));
  const oauthValidatorLibraries = settings ? permittedValidators(settings.before) : '';
  const input = {
    from,
    to,
    ...(hba === undefined ? {} : { hba: asRead((major) => parseHba(hba, { major, files, oauthValidatorLibraries })) }),
    ...(settings === undefined ? {} : { conf: settings }),
  };
  if (from === to) return [];
  return upgradeRules.flatMap(({ check, ...rule }: UpgradeRule) =>
    Array.from(
      check(input),
      (hit): UpgradeFinding => ({
        ...rule,
        ...hit,
        ...(hit.fix ? { fix: { ...hit.fix, for: to } } : {}),
      }),
    ),
  );
}
