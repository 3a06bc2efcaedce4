import { CircleCheck, OctagonAlert } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { type Fix, MAJORS } from '../../../core/index.ts';
import type { Files } from '../../../worker/files.ts';
import { announce } from '../../shared/browser/announce.ts';
import { t } from '../../shared/messages/translate.ts';
import type { ShownLine } from '../../shared/server-files/shown-line.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';
import { Findings } from './Findings.tsx';

interface Props {
  readonly files: Files;
  readonly onShow: (line: ShownLine) => void;
  readonly onApplyFix: (fix: Fix) => void;
}

/** What the files lose or change when another PostgreSQL version reads them. */
export default function UpgradeSection({ files, onShow, onApplyFix }: Props) {
  const [chosen, setChosen] = useState<number>();
  const from = files.major;
  const to = chosen === from ? undefined : chosen;
  const target = useMemo(() => (to === undefined ? undefined : { to }), [to]);
  const compared = useEngine('upgrade', target ? [files, target] : null, async (calls, [of, { to }]) => ({
    ...(await calls.upgrade(of, to)),
    of,
    to,
  }));
  const { data } = compared;
  const id = useId();
  /** A fix refers to lines of the files that it was found in. */
  const applyFix = (fix: Fix) => (data?.of === files ? onApplyFix(fix) : announce(t('audit.overtaken')));
  return (
    <section aria-labelledby={`${id}-heading`} className="mt-8">
      <h2 id={`${id}-heading`} className="text-lg font-semibold">
        {t('upgrade.title')}
      </h2>
      <p className="mt-1 max-w-prose">{t('upgrade.about', { from })}</p>
      <label className="mt-2 flex items-center gap-2">
        <span className="font-medium">{t('upgrade.target')}</span>
        <select
          className="input w-auto"
          value={to ?? ''}
          onChange={(event) => setChosen(Number(event.target.value) || undefined)}
        >
          <option value="">{t('upgrade.choose')}</option>
          {MAJORS.filter((major) => major !== from).map((major) => (
            <option key={major} value={major}>
              PostgreSQL {major}
            </option>
          ))}
        </select>
      </label>
      {target && (
        <>
          <Working work={compared} />
          {data && (
            <>
              <Verdict stops={data.findings.filter(({ severity }) => severity === 'critical').length} to={data.to} />
              <Findings
                findings={data.findings}
                rules={data.rules}
                outdated={compared.outdated}
                clean={t('upgrade.clean', { from, to: data.to })}
                onShow={onShow}
                onApplyFix={applyFix}
              />
            </>
          )}
        </>
      )}
    </section>
  );
}

/** Whether the server of the target version starts with the files. */
function Verdict({ stops, to }: { readonly stops: number; readonly to: number }) {
  const [Icon, tone] = stops > 0 ? ([OctagonAlert, 'text-deny'] as const) : ([CircleCheck, 'text-allow'] as const);
  return (
    <p className="mt-3 flex gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <span className="min-w-0">
        {stops > 0 ? t('upgrade.stops', { count: stops, to }) : t('upgrade.starts', { to })}
      </span>
    </p>
  );
}
