import { CircleAlert, X } from 'lucide-react';
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';
import { CERTIFICATE_LIMITS, type InputProblem } from '../../../core/index.ts';
import { FileChooser } from '../../shared/browser/FileChooser.tsx';
import { t } from '../../shared/messages/translate.ts';
import { addFiles, readText, useCertificates } from './store.ts';

const FIELD = 'certificate-text';

/** The field for pasting, dropping or opening certificates. */
export function CertificateText() {
  const { text, reading, failure, again, busy } = useCertificates();
  const [over, setOver] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const problem = (reading && !reading.ok && reading.issues[0]) || null;

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    void (files.length > 0 ? addFiles(files) : readText(event.dataTransfer.getData('text/plain')));
  };
  // A private key must never get into the field, not even for a moment.
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text/plain');
    if (!/PRIVATE KEY/.test(pasted)) return;
    event.preventDefault();
    void readText(pasted);
  };
  return (
    <section
      aria-label={t('certificate.input')}
      className={`rounded-md border border-dashed p-3 ${over ? 'border-accent bg-tint' : 'border-edge'}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <label htmlFor={FIELD} className="block font-semibold">
        {t('certificate.text')}
      </label>
      <p id={`${FIELD}-why`} className="mb-2 max-w-prose text-muted">
        {t('certificate.textWhy')}
      </p>
      <textarea
        ref={field}
        id={FIELD}
        className="input block min-h-36 resize-y font-mono"
        rows={7}
        value={text}
        placeholder={'-----BEGIN CERTIFICATE-----'}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${FIELD}-problem ${FIELD}-why` : `${FIELD}-why`}
        onChange={(event) => void readText(event.target.value)}
        onPaste={onPaste}
      />
      {problem && (
        <p id={`${FIELD}-problem`} role="alert" className="mt-1.5 flex gap-1.5 text-deny">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">{t(`certificate.problem.${problem.kind}`, valuesOf(problem))}</span>
        </p>
      )}
      {failure !== null && (
        <div role="alert" className="mt-1.5 flex flex-wrap items-center gap-2">
          <p className="min-w-0 text-deny">{failure}</p>
          <button type="button" className="button" onClick={again}>
            {t('load.retry')}
          </button>
        </div>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <FileChooser
          text={t('certificate.open')}
          label={t('certificate.file')}
          accept=".pem,.crt,.cer,.der,application/x-x509-ca-cert"
          onFiles={(files) => void addFiles(files)}
        />
        <button
          type="button"
          className="button"
          disabled={text === '' && !problem}
          onClick={() => {
            void readText('');
            field.current?.focus();
          }}
        >
          <X aria-hidden className="size-4" />
          {t('certificate.clear')}
        </button>
        <span className="text-muted">{busy ? t('certificate.reading') : ''}</span>
      </div>
    </section>
  );
}

/** The values in the message of a problem. */
function valuesOf(problem: InputProblem): Readonly<Record<string, number>> {
  return {
    limit: CERTIFICATE_LIMITS.certificates,
    line: 'line' in problem ? problem.line : 0,
    count: 'count' in problem ? problem.count : 0,
    kilobytes: 'bytes' in problem ? Math.ceil(problem.bytes / 1024) : 0,
  };
}
