import { Download } from 'lucide-react';
import { memo, useMemo } from 'react';
import type { Scene } from '../../../../worker/core.worker.ts';
import { NotLoaded } from '../../../../worker/stoppable.ts';
import { failureText } from '../../../shared/answers/failure.ts';
import { useOutdated, withCurrent } from '../../../shared/answers/result.ts';
import { announce } from '../../../shared/browser/announce.ts';
import { useWide } from '../../../shared/browser/use-media.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';
import { clientSentence } from '../steps/review/sentence.ts';
import { Diagram } from './Diagram.tsx';
import { draw } from './layout.ts';
import { LEGEND } from './legend.ts';
import { Line } from './Shapes.tsx';

interface Props {
  readonly scene: Scene;
  readonly onLead: (path: string) => void;
}

/** The user's own network: who connects, what they pass, the server, and where other traffic is stopped. */
export const Picture = memo(function Picture({ scene, onLead }: Props) {
  const isWide = useWide();
  const drawing = useMemo(() => draw(scene, isWide), [scene, isWide]);
  const { width, height } = drawing;
  return (
    <section aria-labelledby="picture-heading">
      <h3 id="picture-heading" className="sr-only">
        {t('picture.title')}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <section aria-label={t('picture.diagram')} tabIndex={0} className="overflow-x-auto">
        <svg
          viewBox={`0 0 ${width} ${height}`}
          className={`h-auto w-full max-w-[54rem] ${width > 400 ? 'min-w-[30rem]' : ''}`}
        >
          <title>{t('picture.title')}</title>
          <Diagram scene={scene} drawing={drawing} onLead={onLead} />
        </svg>
      </section>
      <div className="mt-1 flex flex-wrap items-center gap-x-4">
        <Legend />
        <Downloads />
      </div>
      <InWords scene={scene} />
    </section>
  );
});

function Legend() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {LEGEND.map(([kind, label]) => (
        <li key={kind} className="inline-flex items-center gap-1.5">
          <svg aria-hidden="true" viewBox="0 0 30 8" className="h-2 w-7.5">
            <Line d="M1 4H29" kind={kind} />
          </svg>
          {t(label)}
        </li>
      ))}
    </ul>
  );
}

/** Downloads of the picture, as the current plan draws it. */
function Downloads() {
  const outdated = useOutdated();
  return (
    <div className="ml-auto flex gap-1">
      {(['svg', 'png'] as const).map((format) => (
        <button
          key={format}
          type="button"
          className="button-quiet text-xs"
          aria-label={t(`picture.download.${format}`)}
          aria-disabled={outdated}
          onClick={() => void withCurrent(({ scene }) => save(scene, format), { ofPlan: true })}
        >
          <Download aria-hidden className="size-4" />
          {format.toUpperCase()}
        </button>
      ))}
    </div>
  );
}

/** What makes the files loads when it is first used. */
async function save(scene: Scene, format: 'svg' | 'png'): Promise<void> {
  const part = await import('./export.tsx').catch(() => null);
  if (part) await part.savePicture(scene, format);
  else announce(failureText(new NotLoaded()));
}

const TOLD = 50;

/** The diagram as text, for screen readers and users who prefer text. */
function InWords({ scene }: { readonly scene: Scene }) {
  const { clients, flows } = scene;
  return (
    <details className="mt-2">
      <summary className="link inline-block text-xs">{t('picture.inWords')}</summary>
      <ul className="mt-1.5 list-disc space-y-1 pl-5">
        {clients.slice(0, TOLD).map((access) => (
          <li key={access.index} className="break-words">
            {clientSentence(access)}
          </li>
        ))}
        {clients.length > TOLD && <li>{t('review.moreClients', { count: clients.length - TOLD })}</li>}
        {flows
          .filter((flow) => flow.client === undefined)
          .map((flow) => (
            <li key={flow.id} className="break-words">
              {sayCore(flow.reason.message)}
            </li>
          ))}
        <li>{t('review.nobodyElse')}</li>
      </ul>
    </details>
  );
}
