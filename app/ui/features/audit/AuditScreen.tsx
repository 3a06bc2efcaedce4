import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Fix, MigrationGoal } from '../../../core/index.ts';
import type { Found, RuleText } from '../../../worker/engine.worker.ts';
import type { Files } from '../../../worker/files.ts';
import { announce } from '../../shared/browser/announce.ts';
import type { LineMark } from '../../shared/editor/Editor.tsx';
import { lazyPart } from '../../shared/loading/lazy-part.tsx';
import { t } from '../../shared/messages/translate.ts';
import { ServerFilesFrame } from '../../shared/server-files/ServerFilesFrame.tsx';
import { setLine, useShownLine } from '../../shared/server-files/shown-line.ts';
import { CONF, HBA } from '../../shared/server-files/store.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';
import { Access, MapLink } from './Access.tsx';
import { Advanced } from './Advanced.tsx';
import { applyFix } from './applied-fixes.ts';
import { CisSection } from './CisSection.tsx';
import { FileEditor } from './FileEditor.tsx';
import { Findings } from './Findings.tsx';
import { FixDialog } from './FixDialog.tsx';
import { Summary } from './Summary.tsx';
import { useAuditedFiles } from './superuser.ts';

const MigrationDialog = lazyPart(() => import('./MigrationDialog.tsx'));

const UpgradeSection = lazyPart(() => import('./UpgradeSection.tsx'), { className: 'mt-8' });
const none: readonly Found[] = [];
const noRules: ReadonlyMap<string, RuleText> = new Map();
const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'info', info: 'info' } as const;

/** The user's files in an editor, and the findings of the rules. */
export default function AuditScreen() {
  const files = useAuditedFiles();
  const empty = files.hba === '' && files.conf === '';
  const audited = useEngine('audit', empty ? null : [files], async (calls, [of]) => ({
    ...(await calls.audit(of)),
    of,
  }));
  const { data } = audited;
  const findings = useMemo(() => data?.findings.filter(({ silenced }) => !silenced) ?? none, [data]);
  const shown = useShownLine();
  const latest = useRef({ files, of: data?.of });
  useEffect(() => {
    latest.current = { files, of: data?.of };
  }, [files, data]);

  const [asked, setAsked] = useState<{ readonly fix: Fix; readonly files: Files } | null>(null);
  const [goal, setGoal] = useState<MigrationGoal | null>(null);
  /** A fix refers to lines of the files that it was found in. If the user has typed since, the next answer is being computed. */
  const isOvertaken = useCallback((now: Files) => {
    const overtaken = latest.current.files !== now || latest.current.of !== now;
    if (overtaken) announce(t('audit.overtaken'));
    return overtaken;
  }, []);
  const askFix = useCallback(
    (fix: Fix) => {
      const now = latest.current.files;
      if (!isOvertaken(now)) setAsked({ fix, files: now });
    },
    [isOvertaken],
  );
  const apply = (text: string) => {
    if (!asked) return;
    const { fix, files: before } = asked;
    setAsked(null);
    if (isOvertaken(before)) return;
    applyFix(fix.file, fix.title, text);
    setLine({ name: fix.file, line: fix.edits[0]?.line ?? 1 });
  };
  const rules = data?.rules ?? noRules;
  const marks = useMemo(() => marksOf(findings, rules, askFix), [findings, rules, askFix]);
  return (
    <ServerFilesFrame view="audit" sources="files">
      {data?.access && <Access access={data.access} outdated={audited.outdated} onShow={setLine} />}
      <div className="mt-4 grid gap-x-6 gap-y-4 lg:grid-cols-[minmax(0,1fr)_minmax(22rem,30rem)]">
        <FileEditor marks={marks} dead={data?.dead} shown={shown} />
        <section aria-labelledby="findings-heading" className="min-w-0">
          <h2 id="findings-heading" className="text-lg font-semibold">
            {t('audit.findings')}
          </h2>
          <Working work={audited} />
          {empty ? (
            <p className="mt-2 text-muted">{t('audit.empty')}</p>
          ) : (
            data && (
              <>
                <Summary audited={data} files={files} />
                <Findings
                  findings={findings}
                  rules={rules}
                  outdated={audited.outdated}
                  clean={t('audit.clean')}
                  canSilence
                  onShow={setLine}
                  onApplyFix={askFix}
                  onPlan={setGoal}
                />
                <p className="mt-3">
                  <MapLink />
                </p>
                <Advanced />
                <CisSection files={files} onShow={setLine} />
              </>
            )
          )}
        </section>
      </div>
      {goal && <MigrationDialog goal={goal} files={files} onClose={() => setGoal(null)} />}
      {!empty && <UpgradeSection files={files} onShow={setLine} onApplyFix={askFix} />}
      {asked && <FixDialog fix={asked.fix} files={asked.files} onApply={apply} onClose={() => setAsked(null)} />}
    </ServerFilesFrame>
  );
}

/** The gutter marks, by file. Findings about something missing are shown at the first line. */
function marksOf(
  findings: readonly Found[],
  rules: ReadonlyMap<string, RuleText>,
  onApplyFix: (fix: Fix) => void,
): ReadonlyMap<string, readonly LineMark[]> {
  const marks = new Map<string, LineMark[]>([
    [HBA, []],
    [CONF, []],
  ]);
  for (const { id, severity, message, file, included, line, fix } of findings) {
    const name = included ?? file;
    const here = marks.get(name) ?? [];
    marks.set(name, here);
    here.push({
      line: line ?? 1,
      severity: levels[severity],
      text: `${rules.get(id)?.title}: ${message}`,
      source: id,
      ...(fix ? { action: { name: fix.title, run: () => onApplyFix(fix) } } : {}),
    });
  }
  return marks;
}
