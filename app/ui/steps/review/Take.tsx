import { useAnswers } from '../../answers/store.ts';
import { TextField } from '../../fields/TextField.tsx';
import { t } from '../../messages/translate.ts';
import { Archives } from '../../share/Archives.tsx';
import { PlanFile } from '../../share/PlanFile.tsx';
import { ShareLink } from '../../share/ShareLink.tsx';
import { Notes } from './Notes.tsx';

/** The plan's name, everything in one archive, the link and the plan itself. */
export function Take() {
  const made = useAnswers((state) => state.made);
  const valid = useAnswers((state) => state.issues.length === 0);
  return (
    <>
      <TextField path="title" question="title" placeholder={t('title.example')} />
      <Notes />
      {made ? (
        <>
          {!valid && <p className="rounded-md bg-caution-tint p-2">{t('take.lastValid')}</p>}
          <Archives made={made} />
          <ShareLink plan={made.plan} />
        </>
      ) : (
        <p className="text-muted">{t('result.making')}</p>
      )}
      <PlanFile />
    </>
  );
}
