import type { Diagnosed } from '../../../../core/index.ts';
import { t } from '../../../shared/messages/translate.ts';
import { SourceLink } from '../../../shared/navigation/SourceLink.tsx';
import { Prose } from './Prose.tsx';

/** The causes that the text indicates: certain ones, then ambiguous ones. */
export function Causes({ causes }: { readonly causes: readonly Diagnosed[] }) {
  return (
    <>
      {causes.map((cause) => (
        <One key={cause.id} cause={cause} />
      ))}
    </>
  );
}

function One({ cause }: { readonly cause: Diagnosed }) {
  const { id, title, layer, lines, explanation, fix, couldBe, references } = cause;
  const [first = '', ...others] = lines;
  return (
    <article aria-labelledby={`cause-${id}`} className="mt-4 border-t border-line pt-3 break-words">
      <h3 id={`cause-${id}`} className="text-base font-semibold">
        {title} <span className="text-sm font-medium text-muted">{t(`refused.layer.${layer}`)}</span>
      </h3>
      <code className="my-1.5 block rounded-sm bg-raised px-2 py-1 font-mono text-xs break-words whitespace-pre-wrap">
        {first}
      </code>
      {others.length > 0 && <p className="text-muted">{t('refused.lines', { count: others.length })}</p>}
      <p className="max-w-prose">
        <Prose text={explanation} />
      </p>
      <h4 className="mt-2 font-semibold">{t('refused.fix')}</h4>
      <p className="max-w-prose">
        <Prose text={fix} />
      </p>
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
