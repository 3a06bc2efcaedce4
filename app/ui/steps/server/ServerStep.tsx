import { TriangleAlert } from 'lucide-react';
import { MAJORS, PLATFORMS, release } from '../../../core/index.ts';
import { change, replaceDraft, useAt, useDraft } from '../../draft/store.ts';
import { CheckField } from '../../fields/CheckField.tsx';
import { More } from '../../fields/More.tsx';
import { NumberField } from '../../fields/NumberField.tsx';
import { SelectField } from '../../fields/SelectField.tsx';
import { TextField } from '../../fields/TextField.tsx';
import { TokenField } from '../../fields/TokenField.tsx';
import { t } from '../../messages/translate.ts';
import type { Group } from '../../wizard/steps.ts';
import { withPlatform } from './platform.ts';

export default function ServerStep({ group }: { readonly group: Group }) {
  return group === 'addresses' ? <Addresses /> : <Machine />;
}

/** Stands for every major after the last one that has been tried. */
const LATER = (MAJORS.at(-1) ?? 18) + 1;

function Machine() {
  const majors = MAJORS.toReversed().map((major) => ({
    value: String(major),
    label: t(release(major).unsupported ? 'server.major.unsupported' : 'server.major.supported', { major }),
  }));
  return (
    <>
      <TextField path="server.name" question="server.name" optional placeholder="db.example.com" mono />
      <SelectField
        path="server.major"
        question="server.major"
        choices={[{ value: String(LATER), label: t('server.major.later', { last: LATER - 1 }) }, ...majors]}
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
      <NumberField path="server.port" question="server.port" />
      <More paths={['server.dataDirectory', 'server.configDirectory', 'server.superuser', 'server.osUser']}>
        <TextField
          path="server.dataDirectory"
          question="server.dataDirectory"
          optional
          placeholder={t('field.platformDefault')}
          mono
        />
        <TextField
          path="server.configDirectory"
          question="server.configDirectory"
          optional
          placeholder={t('field.platformDefault')}
          mono
        />
        <TextField path="server.superuser" question="server.superuser" mono />
        <TextField
          path="server.osUser"
          question="server.osUser"
          optional
          placeholder={t('field.platformDefault')}
          mono
        />
      </More>
    </>
  );
}

/** What the chosen major means, where there is something to know. */
function MajorNote() {
  const major = Number(useAt('server.major'));
  const { unsupported, tried, endOfLife } = release(major);
  if (tried && !unsupported)
    return <p className="mt-1.5 text-muted">{t('server.major.until', { major, date: endOfLife })}</p>;
  const text = tried
    ? t('server.major.ended', { major, date: endOfLife })
    : t('server.major.untried', { last: LATER - 1 });
  return (
    <p role="status" className="mt-1.5 flex gap-1.5 rounded-md bg-caution-tint p-2">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-caution" />
      <span>{text}</span>
    </p>
  );
}

function Addresses() {
  const open = useDraft(({ draft }) => draft.server.addresses.public.length > 0 || draft.server.publicBehindNat);
  return (
    <>
      <TokenField
        path="server.addresses.private"
        question="server.addresses.private"
        separation="addresses"
        placeholder="10.0.2.10"
      />
      <TokenField
        path="server.addresses.public"
        question="server.addresses.public"
        separation="addresses"
        placeholder="203.0.113.10"
      />
      {open && <CheckField path="server.publicBehindNat" question="server.publicBehindNat" />}
    </>
  );
}
