import { type Diagnosed, REFUSAL_LAYERS, type RefusalLayer } from '../../../../core/index.ts';
import type { ToldRefusal } from '../../../../worker/refusal.ts';
import { t } from '../../../shared/messages/translate.ts';
import { type HopState, PathPicture } from '../parts/PathPicture.tsx';

/** How far the connection got, as far as the text tells. */
export function Reached({ found }: { readonly found: ToldRefusal }) {
  const states = statesOf(found);
  return (
    <section aria-labelledby="reached-heading" className="min-w-0 lg:col-start-1">
      <h2 id="reached-heading" className="mb-2 text-lg font-semibold">
        {t('refused.reached')}
      </h2>
      <PathPicture
        label={t('refused.reached')}
        hops={REFUSAL_LAYERS.map((layer, index) => {
          const here = found.causes.filter((cause) => cause.layer === layer);
          return {
            id: layer,
            title: t(`refused.layer.${layer}`),
            state: states[index] ?? 'silent',
            content: here.length > 0 && <p className="break-words">{here.map(({ title }) => title).join(' · ')}</p>,
          };
        })}
      />
    </section>
  );
}

/** If the text is about one connection, the layers before the innermost cause were passed. */
function statesOf({ causes, refusals }: ToldRefusal): HopState[] {
  const at = (layer: RefusalLayer) => REFUSAL_LAYERS.indexOf(layer);
  const told = refusals.length > 0 || causes.some(({ layer }) => at(layer) >= at('method'));
  const ofPooler = causes.some(({ id }) => /^(?:pooler|proxy)-/.test(id));
  const last = Math.max(...causes.map(({ layer }) => at(layer)));
  const clear = refusals.every(({ encryption }) => encryption !== 'tls');
  return REFUSAL_LAYERS.map((layer, index) => {
    const here = causes.filter((cause) => cause.layer === layer);
    if (here.length > 0) return stateOf(here);
    // A pooler or proxy that rejects by itself says nothing about the server behind it.
    if (here.length === 0 && (!told || ofPooler)) return 'silent';
    if (layer === 'tls' && clear) return 'silent';
    return index < last ? 'passes' : 'beyond';
  });
}

const stateOf = (causes: readonly Diagnosed[]): HopState =>
  causes.every(({ id, couldBe }) => couldBe.length > 0 || id === 'matched-record') ? 'depends' : 'stops';
