import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { shownBytes } from '../../../core/index.ts';
import type { Compared, SideFacts } from '../../../worker/compare.ts';
import type { Files } from '../../../worker/files.ts';
import { Changes, Counts } from '../../shared/access-changes/Changes.tsx';
import type { ShownAt } from '../../shared/access-changes/shown-at.ts';
import { useWide } from '../../shared/browser/use-media.ts';
import { editorPlace, lazyPart } from '../../shared/loading/lazy-part.tsx';
import { t } from '../../shared/messages/translate.ts';
import { usePlanFilesOn, useUserFiles } from '../../shared/server-files/active-files.ts';
import { ServerFilesFrame } from '../../shared/server-files/ServerFilesFrame.tsx';
import { useAsked } from '../../shared/server-files/screen-state.ts';
import { editLine } from '../../shared/server-files/shown-line.ts';
import { HBA, setOther, setText, useServerFiles } from '../../shared/server-files/store.ts';
import { takeDropped } from '../../shared/server-files/take-file.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';
import { EmptySide } from './EmptySide.tsx';
import { OtherFile } from './OtherFile.tsx';
import { PlaceRecord } from './PlaceRecord.tsx';
import { Sides } from './Sides.tsx';
import type { Side } from './TextDifference.tsx';
import { Tidy } from './Tidy.tsx';

const TextDifference = lazyPart(
  async () => ({ default: (await import('./TextDifference.tsx')).TextDifference }),
  editorPlace,
);

const setUserFile = (text: string): void => setText(HBA, text);
const dropUserFile = takeDropped(setUserFile);
const dropOther = takeDropped(setOther);

/** The user's pg_hba.conf next to another or the plan's: differences in the text, and in access. */
export default function CompareScreen() {
  const userFiles = useUserFiles();
  const plan = usePlanFilesOn(userFiles);
  const other = useServerFiles((state) => state.other);
  const { against, swapped } = useAsked((state) => state.compare);
  const wide = useWide();
  const second = useMemo(
    (): Files | null => (against === 'plan' ? plan : { ...userFiles, hba: other }),
    [against, plan, userFiles, other],
  );
  const ready = second !== null && userFiles.hba.trim() !== '' && second.hba.trim() !== '';
  const pair = !ready ? null : swapped ? ([second, userFiles] as const) : ([userFiles, second] as const);
  const compared = useEngine('compare', pair, (calls, [before, after]) => calls.compare(before, after));
  const [shown, setShown] = useState<ShownAt | null>(null);
  const [otherLine, setOtherLine] = useState<{ readonly line: number } | null>(null);

  const sides = useMemo(() => {
    const mine: Side = { label: t('compare.yours'), text: userFiles.hba, onText: setUserFile, onFiles: dropUserFile };
    const theirs: Side =
      against === 'plan'
        ? { label: t(plan?.merged ? 'compare.merged' : 'compare.plans'), text: second?.hba ?? '' }
        : { label: t('compare.second'), text: other, onText: setOther, onFiles: dropOther };
    const [a, b] = swapped ? [theirs, mine] : [mine, theirs];
    return {
      before: { ...a, label: t('compare.beforeIs', { name: a.label }) },
      after: { ...b, label: t('compare.afterIs', { name: b.label }) },
    };
  }, [userFiles.hba, against, plan, second, other, swapped]);

  const showAt = useCallback(
    (at: ShownAt) => {
      const isOwn = (at.side === 'before') !== swapped;
      if (wide || at.side === 'after') setShown(at);
      else if (isOwn) editLine({ name: HBA, line: at.line });
      else setOtherLine({ line: at.line });
    },
    [wide, swapped],
  );
  return (
    <ServerFilesFrame view="compare" sources="files">
      <Sides planMajor={plan?.major ?? null} ownMajor={userFiles.major} />
      {against === 'other' && !wide && <OtherFile shown={otherLine} />}
      {second !== null && (wide || ready) && (
        <section aria-labelledby="text-heading" className="mt-5 min-w-0">
          <h2 id="text-heading" className="mb-1 text-lg font-semibold">
            {t('compare.text')}
          </h2>
          <TextDifference {...sides} wide={wide} short={!ready} shown={shown} />
        </section>
      )}
      <section aria-labelledby="access-heading" className="mt-6 min-w-0">
        <h2 id="access-heading" className="text-lg font-semibold">
          {t('compare.access')}
        </h2>
        <Working work={compared} />
        {ready ? (
          compared.data && (
            <Answer compared={compared.data} outdated={compared.working || compared.outdated} onShow={showAt} />
          )
        ) : (
          <EmptySide
            own={userFiles.hba}
            other={against === 'plan' ? null : other}
            generated={against === 'plan' ? (plan?.hba ?? '') : null}
          />
        )}
      </section>
      <section aria-labelledby="change-heading" className="mt-8 border-t border-line pt-4">
        <h2 id="change-heading" className="text-lg font-semibold">
          {t('compare.change')}
        </h2>
        <p className="max-w-prose text-muted">{t('compare.change.about')}</p>
        <div className="mt-3 grid gap-x-8 gap-y-6 lg:grid-cols-2">
          <PlaceRecord files={userFiles} />
          <Tidy files={userFiles} />
        </div>
      </section>
    </ServerFilesFrame>
  );
}

interface AnswerProps {
  readonly compared: Compared;
  readonly outdated: boolean;
  readonly onShow: (at: ShownAt) => void;
}

function Answer({ compared, outdated, onShow }: AnswerProps) {
  const { before, after, lines, changes, counts } = compared;
  const equal = changes.length === 0;
  const refused = before.refusals > 0 || after.refusals > 0;
  return (
    <>
      <Refused side="before" facts={before} onShow={onShow} />
      <Refused side="after" facts={after} onShow={onShow} />
      <div role="status" className={`mt-1 ${outdated ? 'opacity-80' : ''}`}>
        {equal ? (
          <p className="flex gap-2">
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-allow" />
            <span className="font-semibold">{t(refused ? 'compare.equalRecords' : 'compare.equal')}</span>
          </p>
        ) : (
          <Counts counts={counts} />
        )}
        <p className="mt-1 text-muted">
          {lines.gone === 0 && lines.come === 0
            ? t('compare.sameText')
            : t('compare.lines', { gone: lines.gone, come: lines.come })}
        </p>
      </div>
      {!equal && <Changes told={compared} onShow={onShow} outdated={outdated} />}
    </>
  );
}

interface RefusedProps {
  readonly side: ShownAt['side'];
  readonly facts: SideFacts;
  readonly onShow: (at: ShownAt) => void;
}

/** A file that the server rejects: none of its rules is in force. */
function Refused({ side, facts: { refused, refusals }, onShow }: RefusedProps) {
  if (refusals === 0) return null;
  return (
    <div className="mt-1.5 mb-2 rounded-md border border-caution bg-caution-tint p-2.5">
      <p className="flex gap-2">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-caution" />
        <span className="min-w-0">{t(`compare.refused.${side}`, { count: refusals })}</span>
      </p>
      <ul className="mt-1 list-disc pl-10">
        {refused.map(({ line, file, error }) => (
          <li key={`${file} ${line}`} className="break-words">
            {file === undefined ? (
              <button type="button" className="link" onClick={() => onShow({ side, line })}>
                {t('compare.line', { line })}
              </button>
            ) : (
              t('audit.at', { name: file, line })
            )}{' '}
            {error === null ? t('compare.refused.unsaid') : shownBytes(error)}
          </li>
        ))}
      </ul>
    </div>
  );
}
