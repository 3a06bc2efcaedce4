import { CircleAlert, CircleCheck, FilePlus2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { FileChooser } from '../../shared/browser/FileChooser.tsx';
import { t } from '../../shared/messages/translate.ts';
import { useAsked } from '../../shared/server-files/screen-state.ts';
import { HBA, setOther, setText } from '../../shared/server-files/store.ts';
import { takeFile } from '../../shared/server-files/take-file.ts';
import { exampleOther } from './example-other.ts';

interface Props {
  readonly own: string;
  /** The second file; null while the file is compared with the plan's. */
  readonly other: string | null;
  /** The plan's file: empty while the plan is not valid. */
  readonly generated: string | null;
}

/** In place of the result while a side is empty: which one is missing, and the ways to provide it. */
export function EmptySide({ own, other, generated }: Props) {
  const ownEmpty = own.trim() === '';
  const otherEmpty = (other ?? generated ?? '').trim() === '';
  return (
    <div className="mt-2 rounded-md border border-dashed border-edge p-4">
      <p className="font-semibold">{t(ownEmpty && otherEmpty ? 'compare.empty.both' : 'compare.empty.one')}</p>
      <ol className="mt-3 grid gap-x-8 gap-y-4 md:grid-cols-2">
        <li className="min-w-0">
          <State name={t('compare.yours')} empty={ownEmpty}>
            {ownEmpty && <p className="text-muted">{t('compare.emptyOwn')}</p>}
            {ownEmpty && <OpenFile label={t('compare.openOwn')} onText={(text) => setText(HBA, text)} />}
          </State>
        </li>
        <li className="min-w-0">
          {generated === null ? (
            <State name={t('compare.second')} empty={otherEmpty}>
              {otherEmpty && <p className="text-muted">{t('compare.emptyOther')}</p>}
              {otherEmpty && (
                <div className="flex flex-wrap gap-x-2">
                  <OpenFile label={t('compare.openOther')} onText={setOther} />
                  <button type="button" className="button mt-2" onClick={comparePlan}>
                    {t('compare.usePlan')}
                  </button>
                </div>
              )}
            </State>
          ) : (
            <State name={t('compare.plans')} empty={otherEmpty}>
              {otherEmpty && <p className="text-muted">{t('compare.noPlan')}</p>}
            </State>
          )}
        </li>
      </ol>
      {ownEmpty && otherEmpty && other !== null && (
        <button type="button" className="button mt-4" onClick={exampleOther}>
          {t('compare.tryExample')}
        </button>
      )}
    </div>
  );
}

const comparePlan = (): void => useAsked.setState((asked) => ({ compare: { ...asked.compare, against: 'plan' } }));

interface StateProps {
  readonly name: string;
  readonly empty: boolean;
  readonly children: ReactNode;
}

function State({ name, empty, children }: StateProps) {
  const Icon = empty ? FilePlus2 : CircleCheck;
  return (
    <div className="flex gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${empty ? 'text-muted' : 'text-allow'}`} />
      <div className="min-w-0">
        <p className="font-medium">{t(empty ? 'compare.state.empty' : 'compare.state.ready', { name })}</p>
        {children}
      </div>
    </div>
  );
}

function OpenFile({ label, onText }: { readonly label: string; readonly onText: (text: string) => void }) {
  const [problem, setProblem] = useState('');
  return (
    <>
      <FileChooser
        single
        text={label}
        label={label}
        className="mt-2"
        onFiles={(files) => void takeFile(files, onText).then(setProblem)}
      />
      {problem !== '' && (
        <p role="alert" className="mt-1.5 flex gap-1.5 text-deny">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">{problem}</span>
        </p>
      )}
    </>
  );
}
