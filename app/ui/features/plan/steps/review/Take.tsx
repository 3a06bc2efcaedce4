import { isAtLeast } from '../../../../../core/index.ts';
import { Outdated } from '../../../../shared/answers/Outdated.tsx';
import { ResultNotice } from '../../../../shared/answers/ResultNotice.tsx';
import { type Made, useAnswers } from '../../../../shared/answers/store.ts';
import { UnchangedAnswers } from '../../../../shared/answers/UnchangedAnswers.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { t } from '../../../../shared/messages/translate.ts';
import { FindingList } from '../../findings/FindingList.tsx';
import { Archives } from '../../share/Archives.tsx';
import { PlanFile } from '../../share/PlanFile.tsx';
import { ShareLink } from '../../share/ShareLink.tsx';
import { Notes } from './Notes.tsx';

/** What should be read before the files are used, such as keys that are still missing. */
function Serious({ findings }: Pick<Made['bundle'], 'findings'>) {
  const serious = findings.filter(({ severity }) => isAtLeast(severity, 'medium'));
  if (serious.length === 0) return null;
  return (
    <section aria-labelledby="serious-heading">
      <h2 id="serious-heading" className="mb-2 text-lg font-semibold">
        {t('take.findings')}
      </h2>
      <FindingList findings={serious} />
    </section>
  );
}

/** The plan's name, everything in one archive, the link and the plan itself. */
export function Take() {
  const made = useAnswers((state) => state.made);
  return (
    <>
      <TextField path="title" question="title" placeholder={t('title.example')} />
      <Notes />
      <ResultNotice />
      <UnchangedAnswers />
      {made && (
        <Outdated className="space-y-6">
          <Serious findings={made.bundle.findings} />
          <Archives made={made} />
          <ShareLink plan={made.plan} />
        </Outdated>
      )}
      <PlanFile />
    </>
  );
}
