import { CircleCheck, TriangleAlert } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { Compared, SideFacts } from '../../worker/compared.ts';
import type { Files } from '../../worker/files.ts';
import { t } from '../messages/translate.ts';
import { useOwnFiles, usePlanFiles } from '../own/looked-at.ts';
import { OwnFrame } from '../own/OwnFrame.tsx';
import { useAsked } from '../own/screen-state.ts';
import { editLine } from '../own/shown-line.ts';
import { HBA, setText, useOwn } from '../own/store.ts';
import { useEngine } from '../own/use-engine.ts';
import { Working } from '../own/Working.tsx';
import { useWide } from '../wizard/use-media.ts';
import { Changes, Counts } from './Changes.tsx';
import { OtherFile } from './OtherFile.tsx';
import { PlaceRecord } from './PlaceRecord.tsx';
import { Sides } from './Sides.tsx';
import type { ShownAt, Side } from './TextDifference.tsx';
import { Tidy } from './Tidy.tsx';

const TextDifference = lazy(async () => ({ default: (await import('./TextDifference.tsx')).TextDifference }));

function setOther(other: string): void {
  useOwn.setState({ other });
}
const setOwn = (text: string): void => setText(HBA, text);

/** The user's pg_hba.conf beside another or the plan's: what differs in the text, and in who gets in. */
export default function CompareScreen() {
  const own = useOwnFiles();
  const plan = usePlanFiles();
  const other = useOwn((state) => state.other);
  const { against, swapped } = useAsked((state) => state.compare);
  const wide = useWide();
  const second = useMemo(
    (): Files | null => (against === 'plan' ? plan : { ...own, hba: other }),
    [against, plan, own, other],
  );
  const ready = second !== null && own.hba.trim() !== '' && second.hba.trim() !== '';
  const [first, last] = swapped ? [second, own] : [own, second];
  const compared = useEngine('compare', ready && first && last ? [first, last] : null, (calls) =>
    first && last ? calls.compare(first, last) : Promise.reject(new Error()),
  );
  const [shown, setShown] = useState<ShownAt | null>(null);
  const [otherLine, setOtherLine] = useState<{ readonly line: number } | null>(null);

  const sides = useMemo(() => {
    const mine: Side = { label: t('compare.yours'), text: own.hba, onText: setOwn };
    const theirs: Side =
      against === 'plan'
        ? { label: t('compare.plans'), text: second?.hba ?? '' }
        : { label: t('compare.second'), text: other, onText: setOther };
    const [a, b] = swapped ? [theirs, mine] : [mine, theirs];
    return {
      before: { ...a, label: t('compare.beforeIs', { name: a.label }) },
      after: { ...b, label: t('compare.afterIs', { name: b.label }) },
    };
  }, [own.hba, against, second, other, swapped]);

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
    <OwnFrame view="compare" sources="files">
      <Sides planMajor={plan?.major ?? null} ownMajor={own.major} />
      {against === 'other' && !wide && <OtherFile shown={otherLine} />}
      <div className="mt-4 grid gap-x-6 gap-y-6 xl:grid-cols-[minmax(0,3fr)_minmax(24rem,2fr)]">
        <section aria-labelledby="text-heading" className="min-w-0 xl:sticky xl:top-2 xl:self-start">
          <h2 id="text-heading" className="mb-1 text-lg font-semibold">
            {t('compare.text')}
          </h2>
          {second === null ? (
            <p className="text-muted">{t('compare.noPlan')}</p>
          ) : (
            (wide || ready) && (
              <Suspense fallback={<p className="p-3 text-muted">{t('app.loading')}</p>}>
                <TextDifference {...sides} wide={wide} shown={shown} />
              </Suspense>
            )
          )}
        </section>
        <section aria-labelledby="access-heading" className="min-w-0">
          <h2 id="access-heading" className="text-lg font-semibold">
            {t('compare.access')}
          </h2>
          <Working work={compared} />
          {ready ? (
            compared.data && <Answer compared={compared.data} outdated={compared.working} onShow={showAt} />
          ) : (
            <p className="mt-1 text-muted">
              {t(
                own.hba.trim() === ''
                  ? 'compare.emptyOwn'
                  : against === 'plan'
                    ? 'compare.noPlan'
                    : 'compare.emptyOther',
              )}
            </p>
          )}
        </section>
      </div>
      <section aria-labelledby="change-heading" className="mt-8 border-t border-line pt-4">
        <h2 id="change-heading" className="text-lg font-semibold">
          {t('compare.change')}
        </h2>
        <p className="max-w-prose text-muted">{t('compare.change.about')}</p>
        <div className="mt-3 grid gap-x-8 gap-y-6 lg:grid-cols-2">
          <PlaceRecord files={own} />
          <Tidy files={own} />
        </div>
      </section>
    </OwnFrame>
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

/** A file that the server does not load: then nothing that it says is in force. */
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
            {error ?? t('compare.refused.unsaid')}
          </li>
        ))}
      </ul>
    </div>
  );
}
