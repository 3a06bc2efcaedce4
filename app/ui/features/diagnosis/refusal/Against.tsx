import { CircleX, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ToldAgainst, ToldRefusal } from '../../../../worker/refusal.ts';
import { Line, Verdict } from '../../../shared/access-changes/Changes.tsx';
import { Done } from '../../../shared/access-changes/Done.tsx';
import { useApplied } from '../../../shared/access-changes/use-applied.ts';
import { t } from '../../../shared/messages/translate.ts';
import { show } from '../../../shared/navigation/view.ts';
import { useAsked } from '../../../shared/server-files/screen-state.ts';
import { editLine } from '../../../shared/server-files/shown-line.ts';
import { HBA, useServerFiles } from '../../../shared/server-files/store.ts';
import { connectionWords } from '../../../shared/server-files/words.ts';
import { PassedRecords } from '../parts/PassedRecords.tsx';
import { Remedy } from './Remedy.tsx';

/**
 * The rejections compared with the file: which record matches, why the others do not, and what would let the client
 * connect.
 */
export function Against({ found, given }: { readonly found: ToldRefusal; readonly given: boolean }) {
  const applied = useApplied();
  const [line, setLine] = useState(1);
  if (found.refusals.length === 0) return null;
  const apply = (text: string, at: number) => {
    setLine(at);
    applied.apply(text, t('compare.place.done', { line: at }));
  };
  return (
    <section aria-labelledby="against-heading" className="mt-6">
      <h2 id="against-heading" className="text-lg font-semibold">
        {t('refused.against')}
      </h2>
      {!given && found.service === undefined && <p className="text-muted">{t('refused.noFile')}</p>}
      {given && found.against.length === 0 && <p className="text-muted">{t('refused.tooLittle')}</p>}
      {applied.done && (
        <>
          <Done text={t('compare.place.done', { line })} line={line} onUndo={() => applied.undo(t('compare.undone'))} />
          <p className="mt-1 max-w-prose">{t('refused.applied')}</p>
        </>
      )}
      {found.against.map((one) => (
        <One key={JSON.stringify(one.connection)} against={one} onApply={apply} />
      ))}
    </section>
  );
}

interface OneProps {
  readonly against: ToldAgainst;
  readonly onApply: (text: string, line: number) => void;
}

function One({ against, onApply }: OneProps) {
  const editable = useServerFiles((state) => state.source) === 'files';
  const { connection, agrees, verdict, told, passed, passedCount, below, remedy } = against;
  const Icon = agrees ? CircleX : TriangleAlert;
  const lead = editable ? (line: number) => editLine({ name: HBA, line }) : undefined;
  return (
    <div className="mt-2 border-t border-line pt-3 break-words">
      <h3 className="font-semibold">{connectionWords(connection)}</h3>
      <p className="flex gap-2">
        <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${agrees ? 'text-deny' : 'text-caution'}`} />
        <span className="min-w-0">{verdict}</span>
      </p>
      <p>
        <Verdict told={told} onLine={lead} />
      </p>
      {below && (
        <p>
          {t('refused.below')} <Line {...below} onLine={lead} />
        </p>
      )}
      <PassedRecords passed={passed} total={passedCount} open={passedCount <= 5} />
      <button
        type="button"
        className="link mt-1"
        onClick={() => {
          const { address = '', hostname = '', ...asked } = connection;
          useAsked.setState({ connection: { ...asked, roles: [...connection.roles], address, hostname } });
          show({ view: 'path', page: null });
        }}
      >
        {t('refused.follow')}
      </button>
      {remedy && <Remedy remedy={remedy} editable={editable} onApply={onApply} />}
    </div>
  );
}
