import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Fix } from '../../core/index.ts';
import { engine } from '../../worker/engine.ts';
import type { Found, RuleText } from '../../worker/engine.worker.ts';
import type { LineMark } from '../editor/Editor.tsx';
import { t } from '../messages/translate.ts';
import { useOwnFiles } from '../own/looked-at.ts';
import { OwnFrame } from '../own/OwnFrame.tsx';
import { setLine, useShownLine } from '../own/shown-line.ts';
import { CONF, HBA, setText } from '../own/store.ts';
import { useEngine } from '../own/use-engine.ts';
import { Working } from '../own/Working.tsx';
import { announce } from '../wizard/announce.ts';
import { Findings } from './Findings.tsx';
import { OwnEditor } from './OwnEditor.tsx';
import { Summary } from './Summary.tsx';

const none: readonly Found[] = [];
const noRules: ReadonlyMap<string, RuleText> = new Map();
const levels = { critical: 'error', warning: 'warning', notice: 'info' } as const;

/** The user's files in an editor, and what the rules say about them. */
export default function AuditScreen() {
  const files = useOwnFiles();
  const empty = files.hba === '' && files.conf === '';
  const audited = useEngine('audit', empty ? null : [files], async (calls) => ({
    ...(await calls.audit(files)),
    of: files,
  }));
  const { data } = audited;
  const findings = useMemo(() => data?.findings.filter(({ silenced }) => !silenced) ?? none, [data]);
  const shown = useShownLine();
  const latest = useRef({ files, of: data?.of });
  useEffect(() => {
    latest.current = { files, of: data?.of };
  }, [files, data]);

  const mend = useCallback((fix: Fix) => {
    const before = latest.current.files;
    const isOvertaken = () => {
      // A fix names lines of the files that it was found in; where typing went on, the next answer is on its way.
      const overtaken = latest.current.files !== before || latest.current.of !== before;
      if (overtaken) announce(t('audit.overtaken'));
      return overtaken;
    };
    if (isOvertaken()) return;
    void engine((calls) => calls.fixed(before, fix), new AbortController().signal).then((text) => {
      if (isOvertaken()) return;
      setText(fix.file, text);
      setLine({ name: fix.file, line: fix.edits[0]?.line ?? 1 });
      announce(t('audit.fixed', { fix: fix.title }));
    });
  }, []);
  const rules = data?.rules ?? noRules;
  const marks = useMemo(() => marksOf(findings, rules, mend), [findings, rules, mend]);
  return (
    <OwnFrame view="audit" sources="files">
      <div className="mt-4 grid gap-x-6 gap-y-4 lg:grid-cols-[minmax(0,1fr)_minmax(22rem,30rem)]">
        <OwnEditor marks={marks} dead={data?.dead} shown={shown} />
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
                <Findings findings={findings} rules={rules} outdated={audited.slow} onShow={setLine} onMend={mend} />
              </>
            )
          )}
        </section>
      </div>
    </OwnFrame>
  );
}

/** What the gutter shows, by file. Findings about what is missing stand at the first line. */
function marksOf(
  findings: readonly Found[],
  rules: ReadonlyMap<string, RuleText>,
  mend: (fix: Fix) => void,
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
      ...(fix ? { action: { name: fix.title, run: () => mend(fix) } } : {}),
    });
  }
  return marks;
}
