import { Outdated } from '../../../../shared/answers/Outdated.tsx';
import { ResultNotice } from '../../../../shared/answers/ResultNotice.tsx';
import { useAnswers } from '../../../../shared/answers/store.ts';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { t } from '../../../../shared/messages/translate.ts';
import { Archives } from '../../share/Archives.tsx';
import { PlanFile } from '../../share/PlanFile.tsx';
import { ShareLink } from '../../share/ShareLink.tsx';
import { Notes } from './Notes.tsx';

/** The plan's name, everything in one archive, the link and the plan itself. */
export function Take() {
  const made = useAnswers((state) => state.made);
  return (
    <>
      <TextField path="title" question="title" placeholder={t('title.example')} />
      <Notes />
      <ResultNotice />
      {made && (
        <Outdated className="space-y-6">
          <Archives made={made} />
          <ShareLink plan={made.plan} />
        </Outdated>
      )}
      <PlanFile />
    </>
  );
}
