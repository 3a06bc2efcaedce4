import { ArrowLeftRight, CircleAlert, Download, X } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { FileChooser } from '../../shared/browser/FileChooser.tsx';
import { saveText } from '../../shared/browser/save.ts';
import { t } from '../../shared/messages/translate.ts';
import { EncodingNotices } from '../../shared/server-files/EncodingNotices.tsx';
import { useAsked } from '../../shared/server-files/screen-state.ts';
import { HBA, setOther, useServerFiles } from '../../shared/server-files/store.ts';
import { takeFile } from '../../shared/server-files/take-file.ts';
import { exampleOther } from './example-other.ts';

interface Props {
  readonly ownMajor: number;
  readonly planMajor: number | null;
}

/** What the user's file is compared with, and which of the two comes first. A second file can be dropped on it. */
export function Sides({ ownMajor, planMajor }: Props) {
  const { against, swapped } = useAsked((state) => state.compare);
  const other = useServerFiles((state) => state.other);
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState('');
  const take = async (files: readonly File[]) => setProblem(await takeFile(files, setOther));
  const choose = (compare: Partial<{ against: 'other' | 'plan'; swapped: boolean }>) =>
    useAsked.setState((asked) => ({ compare: { ...asked.compare, ...compare } }));
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  };
  return (
    <section
      aria-label={t('compare.sides')}
      className={`mt-3 rounded-md border border-dashed p-3 ${over ? 'border-accent bg-tint' : 'border-edge'}`}
      onDragOver={(event) => {
        if (against === 'plan') return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={against === 'plan' ? undefined : onDrop}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <fieldset className="flex flex-wrap items-center gap-x-4">
          <legend className="float-left mr-1 font-medium">{t('compare.against')}</legend>
          {(['other', 'plan'] as const).map((one) => (
            <label key={one} className="flex min-h-9 items-center gap-2">
              <input
                type="radio"
                name="compare-against"
                checked={against === one}
                onChange={() => choose({ against: one })}
              />
              {t(`compare.against.${one}`)}
            </label>
          ))}
        </fieldset>
        {against === 'other' && (
          <>
            <FileChooser
              single
              text={t('compare.open')}
              label={t('compare.chooser')}
              onFiles={(files) => void take(files)}
            />
            <button type="button" className="button" disabled={other !== ''} onClick={exampleOther}>
              {t('compare.example')}
            </button>
            <button type="button" className="button" disabled={other === ''} onClick={() => setOther('')}>
              <X aria-hidden className="size-4" />
              {t('compare.clear')}
            </button>
            <button type="button" className="button" disabled={other === ''} onClick={() => saveText(HBA, other)}>
              <Download aria-hidden className="size-4" />
              {t('compare.download')}
            </button>
          </>
        )}
        <button type="button" className="button" onClick={() => choose({ swapped: !swapped })}>
          <ArrowLeftRight aria-hidden className="size-4" />
          {t('compare.swap')}
        </button>
      </div>
      <p className="mt-2 text-muted">
        {t(`compare.order.${against}.${swapped ? 'swapped' : 'plain'}`)}{' '}
        {against === 'plan' && planMajor !== null && planMajor !== ownMajor
          ? t('compare.majors', { own: ownMajor, plan: planMajor })
          : ''}
      </p>
      {against === 'other' && (
        <EncodingNotices name={HBA} called={t('compare.chooser')} text={other} onText={setOther} />
      )}
      {problem !== '' && (
        <p role="alert" className="mt-1.5 flex gap-1.5 text-deny">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">{problem}</span>
        </p>
      )}
    </section>
  );
}
