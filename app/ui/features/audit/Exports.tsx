import { Download } from 'lucide-react';
import { useState } from 'react';
import { engine } from '../../../worker/engine.ts';
import type { Files } from '../../../worker/files.ts';
import { failureText } from '../../shared/answers/failure.ts';
import { announce } from '../../shared/browser/announce.ts';
import { saveText } from '../../shared/browser/save.ts';
import { t } from '../../shared/messages/translate.ts';

const formats = [
  { format: 'sarif', name: 'postern-audit.sarif', label: 'SARIF' },
  { format: 'markdown', name: 'postern-audit.md', label: 'Markdown' },
  { format: 'json', name: 'postern-audit.json', label: 'JSON' },
] as const;

/** The report as a file: for code scanning, for a ticket, for a program. */
export function Exports({ files }: { readonly files: Files }) {
  const [failure, setFailure] = useState('');
  const save = async ({ format, name }: (typeof formats)[number]) => {
    try {
      saveText(name, await engine((calls) => calls.report(files, format)));
      setFailure('');
      announce(t('take.saved', { name }));
    } catch (error) {
      setFailure(failureText(error));
    }
  };
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      <span className="text-muted">{t('audit.export')}</span>
      {formats.map((one) => (
        <button key={one.format} type="button" className="button" onClick={() => void save(one)}>
          <Download aria-hidden className="size-4" />
          {one.label}
        </button>
      ))}
      {failure !== '' && (
        <p role="alert" className="text-deny">
          {failure}
        </p>
      )}
    </div>
  );
}
