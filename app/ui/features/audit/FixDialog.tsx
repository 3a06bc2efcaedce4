import { ShieldCheck, ShieldX, TriangleAlert } from 'lucide-react';
import type { Fix, Proof } from '../../../core/index.ts';
import type { Files } from '../../../worker/files.ts';
import type { FixPreview } from '../../../worker/fix-preview.ts';
import { Changes, Counts } from '../../shared/access-changes/Changes.tsx';
import { t } from '../../shared/messages/translate.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';
import { inWords } from '../../shared/server-files/words.ts';
import { Difference } from './Difference.tsx';
import { ScrollingDialog } from './ScrollingDialog.tsx';

interface Props {
  readonly fix: Fix;
  /** The files that the fix was found in. */
  readonly files: Files;
  readonly onApply: (text: string) => void;
  readonly onClose: () => void;
}

/** What a fix changes in the file, and for whom: shown before it is applied. */
export function FixDialog({ fix, files, onApply, onClose }: Props) {
  const preview = useEngine('fix', [files, fix], (calls, inputs) => calls.previewFix(...inputs));
  // While another fix is computed, the engine keeps the answer to the previous one.
  const found = preview.working ? undefined : preview.data;
  return (
    <ScrollingDialog
      id="fix-heading"
      title={fix.title}
      onClose={onClose}
      buttons={(close) => (
        <>
          <button type="button" className="button" onClick={close}>
            {t('fix.cancel')}
          </button>
          <button
            type="button"
            className="button button-primary"
            disabled={!found?.proof.proven}
            onClick={() => found?.proof.proven && onApply(found.text)}
          >
            {t('fix.apply')}
          </button>
        </>
      )}
    >
      <Working work={preview} />
      {found && <Preview file={fix.file} preview={found} />}
    </ScrollingDialog>
  );
}

const placeWords = ({ line, file }: FixPreview['stillUnencrypted'][number]): string =>
  file === undefined ? t('access.line', { line }) : t('access.lineOf', { name: file, line });

/** Number of changed lines that are listed. */
const LINES = 8;

interface PreviewProps {
  readonly file: string;
  readonly preview: FixPreview;
}

function Preview({ file, preview: { lines, told, rejectedLines, stillUnencrypted, proof } }: PreviewProps) {
  return (
    <>
      <Proven proof={proof} />
      <h3 className="mt-4 font-semibold">{t('fix.about', { name: file })}</h3>
      <ul className="mt-1 space-y-2">
        {lines.slice(0, LINES).map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two edits may be of the same line
          <li key={at}>
            <p className="text-muted">{t('fix.line', { line: line.line })}</p>
            <Difference line={line} />
          </li>
        ))}
      </ul>
      {lines.length > LINES && <p className="mt-1 text-muted">{t('fix.moreLines', { rest: lines.length - LINES })}</p>}
      <h3 className="mt-4 font-semibold">{t('fix.access')}</h3>
      {rejectedLines > 0 && <p className="mt-1">{t('fix.rejectedFile', { count: rejectedLines })}</p>}
      {stillUnencrypted.length > 0 && (
        <p className="mt-1 flex gap-2 rounded-md border border-caution bg-caution-tint p-2.5">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-caution" />
          <span className="min-w-0">
            {t('fix.stillUnencrypted', { lines: inWords(stillUnencrypted.map(placeWords)) })}
          </span>
        </p>
      )}
      {told === null || told.changes.length === 0 ? (
        <p className="mt-1">{t(told === null ? 'fix.other' : 'fix.same')}</p>
      ) : (
        <>
          <div className="mt-1">
            <Counts counts={told.counts} />
          </div>
          <Changes told={told} />
        </>
      )}
    </>
  );
}

/** What was proven about the fix, or why it can't be applied. */
function Proven({ proof }: { readonly proof: Proof }) {
  const Icon = proof.proven ? ShieldCheck : ShieldX;
  const left = proof.proven ? [...new Set(proof.left.map(({ title }) => title))] : [];
  return (
    <div className="mt-2 flex gap-2" role={proof.proven ? undefined : 'alert'}>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${proof.proven ? 'text-allow' : 'text-deny'}`} />
      <div className="min-w-0">
        <p>
          <span className="font-semibold">{t(proof.proven ? 'fix.proven' : 'fix.unproven')}</span> {proof.says}
        </p>
        {left.map((title) => (
          <p key={title} className="text-muted">
            {t('fix.left', { title })}
          </p>
        ))}
      </div>
    </div>
  );
}
