import { TriangleAlert } from 'lucide-react';
import { MAJORS, PLATFORMS, release } from '../../../../../core/index.ts';
import { change, replaceDraft, useAt, useDraft } from '../../../../shared/draft/store.ts';
import { SelectField } from '../../../../shared/fields/SelectField.tsx';
import { t } from '../../../../shared/messages/translate.ts';
import { withPlatform } from './platform.ts';

/** The version of PostgreSQL, and the platform that it runs on. */
export function Version() {
  const majors = MAJORS.toReversed().map((major) => ({
    value: String(major),
    label: t(release(major).unsupported ? 'server.major.unsupported' : 'server.major.supported', { major }),
  }));
  return (
    <>
      <SelectField
        path="server.major"
        question="server.major"
        choices={majors}
        onChoose={(value) => change('server.major', Number(value))}
      >
        <MajorNote />
      </SelectField>
      <SelectField
        path="server.platform"
        question="server.platform"
        choices={PLATFORMS.map((platform) => ({ value: platform, label: t(`server.platform.${platform}`) }))}
        onChoose={(value) => {
          const platform = PLATFORMS.find((one) => one === value);
          if (platform) replaceDraft(withPlatform(useDraft.getState().draft, platform));
        }}
      />
    </>
  );
}

/** Until when the chosen major gets updates. */
function MajorNote() {
  const { major, unsupported, endOfLife } = release(Number(useAt('server.major')));
  const values = { major, date: endOfLife };
  if (!unsupported) return <p className="mt-1.5 text-muted">{t('server.major.until', values)}</p>;
  return (
    <p role="status" className="mt-1.5 flex gap-1.5 rounded-md bg-caution-tint p-2">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-caution" />
      <span>{t('server.major.ended', values)}</span>
    </p>
  );
}
