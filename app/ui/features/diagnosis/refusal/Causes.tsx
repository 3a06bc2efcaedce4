import { ChevronRight, Copy } from 'lucide-react';
import type { AlsoFound, Command, Diagnosed } from '../../../../core/index.ts';
import { copyText } from '../../../shared/browser/copy.ts';
import { t } from '../../../shared/messages/translate.ts';
import { SourceLink } from '../../../shared/navigation/SourceLink.tsx';
import { Prose } from './Prose.tsx';

interface Props {
  readonly causes: readonly Diagnosed[];
  readonly also: readonly AlsoFound[];
}

/** The verdict of each attempt, and then what else the text says. */
export function Causes({ causes, also }: Props) {
  // The rules that the log names have a section of their own.
  const rest = also.filter(({ id }) => id !== 'matched-record');
  return (
    <>
      {causes.map((cause) => (
        <One key={cause.id} cause={cause} />
      ))}
      {rest.length > 0 && (
        <details className="group mt-4 border-t border-line pt-3">
          <summary className="inline-flex items-center gap-1 font-semibold">
            <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
            {t('refused.also', { count: rest.length })}
          </summary>
          <ul className="max-w-prose">
            {rest.map(({ id, title, lines, because }) => (
              <li key={`${id} ${lines[0] ?? ''}`} className="mt-2 break-words">
                {title}. <span className="text-muted">{t(`refused.also.${because}`)}</span>
                <Quoted lines={lines} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function One({ cause }: { readonly cause: Diagnosed }) {
  const { id, title, layer, lines, writtenBy, explanation, fix, check, otherwise, commands, couldBe, references } =
    cause;
  const of = (purpose: Command['purpose']) => commands.filter((command) => command.purpose === purpose);
  return (
    <article aria-labelledby={`cause-${id}`} className="mt-4 border-t border-line pt-3 break-words">
      <h3 id={`cause-${id}`} className="text-base font-semibold">
        {title} <span className="text-sm font-medium text-muted">{t(`refused.layer.${layer}`)}</span>
      </h3>
      <p className="text-muted">{t(`refused.writtenBy.${writtenBy}`)}</p>
      <Quoted lines={lines} />
      <p className="max-w-prose">
        <Prose text={explanation} />
      </p>
      <h4 className="mt-2 font-semibold">{t('refused.fix')}</h4>
      <p className="max-w-prose">
        <Prose text={fix} />
      </p>
      <Commands commands={of('fix')} />
      {couldBe.length > 0 && (
        <>
          <h4 className="mt-2 font-semibold text-caution">{t('refused.couldBe')}</h4>
          <ul className="max-w-prose list-disc pl-5">
            {couldBe.map(({ what, tell }) => (
              <li key={what} className="mt-1">
                <Prose text={`${what}.`} />{' '}
                <span className="block text-muted">
                  <Prose text={t('refused.tell', { tell })} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h4 className="mt-2 font-semibold">{t('refused.check')}</h4>
      <p className="max-w-prose">
        <Prose text={check} />
      </p>
      <Commands commands={of('check')} />
      <p className="mt-2 max-w-prose text-muted">
        <Prose text={otherwise} />
      </p>
      <ul className="mt-2">
        {references.map((reference) => (
          <li key={reference.url}>
            <SourceLink source={reference} />
          </li>
        ))}
      </ul>
    </article>
  );
}

function Quoted({ lines: [first = '', ...others] }: { readonly lines: readonly string[] }) {
  return (
    <>
      <code className="my-1.5 block rounded-sm bg-raised px-2 py-1 font-mono text-xs break-words whitespace-pre-wrap">
        {first}
      </code>
      {others.length > 0 && <p className="text-muted">{t('refused.lines', { count: others.length })}</p>}
    </>
  );
}

function Commands({ commands }: { readonly commands: readonly Command[] }) {
  return commands.map(({ place, text }) => {
    const where = t(`refused.place.${place}`);
    return (
      <figure key={text} className="mt-1.5">
        <figcaption className="text-muted">{where}</figcaption>
        <div className="flex items-start gap-2 rounded-sm bg-raised px-2 py-1">
          <code className="min-w-0 grow font-mono text-xs break-words whitespace-pre-wrap">{text}</code>
          <button
            type="button"
            className="button"
            aria-label={t('refused.copy', { where })}
            onClick={() => void copyText(`${text}\n`, t('commands.copied'))}
          >
            <Copy aria-hidden className="size-4" />
            {t('refused.copyCommand')}
          </button>
        </div>
      </figure>
    );
  });
}
