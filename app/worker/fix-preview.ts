import {
  acceptedUnencrypted,
  type Conf,
  compareAccess,
  editConf,
  editHba,
  type Fix,
  type Hba,
  type Place,
  type Proof,
  parseAgain,
  proveFix,
} from '../core/index.ts';
import { type AccessDifference, differenceView } from './compare.ts';
import type { Files } from './files.ts';
import { type FixedLine, fixedLines } from './fixed-lines.ts';

export interface FixPreview {
  /** The file with the fix applied. */
  readonly text: string;
  readonly lines: readonly FixedLine[];
  /** Who can connect afterwards and couldn't before, and the reverse; null if the fix changes another file. */
  readonly told: AccessDifference | null;
  /** How many lines of pg_hba.conf, as it is, make the server reject the whole file. */
  readonly rejectedLines: number;
  /** Later rules that accept unencrypted connections which the fixed rules no longer match: at most a few. */
  readonly stillUnencrypted: readonly Place[];
  /** Whether the fix does what its title says and nothing else; it may only be applied if so. */
  readonly proof: Proof;
}

export function fixPreview(
  fix: Fix,
  { major, included, superuser }: Files,
  { hba, conf }: { readonly hba: Hba; readonly conf: Conf },
): FixPreview {
  const { file, edits } = fix;
  const ofHba = file === 'pg_hba.conf';
  const text = ofHba ? editHba(hba, edits) : editConf(conf, edits);
  const lines = fixedLines((ofHba ? hba : conf).lines, edits);
  const proof = proveFix(
    {
      major,
      files: included,
      ...(superuser === undefined ? {} : { superuser }),
      ...(isGiven(hba) ? { hba } : {}),
      ...(isGiven(conf) ? { conf } : {}),
    },
    fix,
  );
  if (!ofHba) return { text, lines, told: null, rejectedLines: 0, stillUnencrypted: [], proof };
  const after = parseAgain(text, hba, { files: included });
  return {
    text,
    lines,
    told: differenceView(compareAccess(hba, after), hba, after),
    rejectedLines: hba.refused.length,
    stillUnencrypted: acceptedUnencrypted(hba, after),
    proof,
  };
}

/** An empty file was not given. */
const isGiven = ({ lines }: Hba | Conf): boolean => lines.some(({ raw }) => raw !== '');
