import { ChevronRight, CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { useState } from 'react';
import type { CisEvidence, CisReport, CisResult } from '../../../core/index.ts';
import type { Files } from '../../../worker/files.ts';
import { t } from '../../shared/messages/translate.ts';
import { SourceLink } from '../../shared/navigation/SourceLink.tsx';
import type { ShownLine } from '../../shared/server-files/shown-line.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';

interface Props {
  readonly files: Files;
  readonly onShow: (line: ShownLine) => void;
}

const looks = {
  violated: { Icon: CircleX, tone: 'text-deny' },
  unknown: { Icon: CircleHelp, tone: 'text-muted' },
  satisfied: { Icon: CircleCheck, tone: 'text-allow' },
} as const;
const VERDICTS = ['violated', 'unknown', 'satisfied'] as const;

/** The items of the CIS Benchmark, computed once the section is opened. */
export function CisSection({ files, onShow }: Props) {
  const [open, setOpen] = useState(false);
  const report = useEngine('cis', open ? [files] : null, (calls, [of]) => calls.cisReport(of));
  return (
    <details
      className="group mt-6 border-t border-line pt-3"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="inline-flex items-center gap-1 text-lg font-semibold">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        {t('cis.title')}
      </summary>
      <Working work={report} />
      {report.data && <Report report={report.data} major={files.major} onShow={onShow} />}
    </details>
  );
}

interface ReportProps extends Pick<Props, 'onShow'> {
  readonly report: CisReport;
  readonly major: number;
}

function Report({ report: { benchmark, benchmarkMajor, items, notInFiles }, major, onShow }: ReportProps) {
  return (
    <>
      <p className="mt-2">
        {t('cis.about')} <SourceLink source={benchmark} />
      </p>
      {major !== benchmarkMajor && (
        <p className="mt-1 text-muted">{t('cis.other', { major, benchmark: benchmarkMajor })}</p>
      )}
      {VERDICTS.map((verdict) => {
        const found = items.filter((item) => item.verdict === verdict);
        return (
          <section key={verdict} aria-labelledby={`cis-${verdict}`}>
            <h3 id={`cis-${verdict}`} className="mt-4 font-semibold">
              {t(`cis.${verdict}`, { count: found.length })}
            </h3>
            <ul className="mt-1 space-y-2">
              {found.map((item) => (
                <Item key={item.number} item={item} onShow={onShow} />
              ))}
            </ul>
          </section>
        );
      })}
      <h3 className="mt-4 font-semibold">{t('cis.notInFiles', { count: notInFiles.length })}</h3>
      <ul className="mt-1 list-disc pl-5 text-muted">
        {notInFiles.map(({ number, title }) => (
          <li key={number}>
            {number} {title}
          </li>
        ))}
      </ul>
    </>
  );
}

function Item({
  item: { number, title, verdict, evidence },
  onShow,
}: { readonly item: CisResult } & Pick<Props, 'onShow'>) {
  const { Icon, tone } = looks[verdict];
  return (
    <li className="flex gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-0 break-words">
        <p className="font-medium">
          {number} {title}
        </p>
        {evidence.length === 0 && <p className="text-muted">{t('cis.noEvidence')}</p>}
        {evidence.map((one) => (
          <p key={`${one.place?.included} ${one.place?.line} ${one.message}`} className="text-muted">
            <Place evidence={one} onShow={onShow} /> {one.message}
          </p>
        ))}
      </div>
    </li>
  );
}

function Place({ evidence: { place }, onShow }: { readonly evidence: CisEvidence } & Pick<Props, 'onShow'>) {
  if (!place) return null;
  const { file, included, line } = place;
  const name = included ?? file;
  return (
    <button type="button" className="link font-mono text-xs" onClick={() => onShow({ name, line })}>
      {t('audit.at', { name, line })}
    </button>
  );
}
