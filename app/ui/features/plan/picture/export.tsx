import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { bundleName } from '../../../../core/index.ts';
import type { Scene } from '../../../../worker/core.worker.ts';
import { announce } from '../../../shared/browser/announce.ts';
import { saveBytes } from '../../../shared/browser/save.ts';
import { t } from '../../../shared/messages/translate.ts';
import { Diagram } from './Diagram.tsx';
import { draw } from './layout.ts';
import { LEGEND } from './legend.ts';
import { Line } from './Shapes.tsx';
import { type Size, standaloneSvg } from './standalone.ts';

/** Space around the drawing, and below it for the legend. */
const MARGIN = 16;
const LEGEND_HEIGHT = 28;
/** Pixels of the PNG for each unit of the drawing. */
const SCALE = 2;

/** Downloads the picture as a file that needs nothing else: on white, and as wide as on a large screen. */
export async function savePicture(scene: Scene, format: 'svg' | 'png'): Promise<void> {
  const picture = pictureOf(scene);
  const name = `${bundleName(scene.plan)}-network.${format}`;
  const [type, bytes] =
    format === 'svg'
      ? (['image/svg+xml', new TextEncoder().encode(picture.svg)] as const)
      : (['image/png', await pngOf(picture).catch(() => null)] as const);
  if (!bytes) return announce(t('picture.noPng'));
  saveBytes(name, bytes, type);
  announce(t('take.saved', { name }));
}

interface PictureText extends Size {
  readonly svg: string;
}

/** Draws the picture outside of the view, in light colors. */
function pictureOf(scene: Scene): PictureText {
  const drawing = draw(scene, true);
  const size = { width: drawing.width + 2 * MARGIN, height: drawing.height + 2 * MARGIN + LEGEND_HEIGHT };
  const place = document.createElement('div');
  place.style.colorScheme = 'light';
  place.inert = true;
  place.className = 'fixed top-0 -left-[9999px]';
  document.body.append(place);
  const root = createRoot(place);
  try {
    flushSync(() =>
      root.render(
        <svg viewBox={`${-MARGIN} ${-MARGIN} ${size.width} ${size.height}`} {...size}>
          <title>{t('picture.title')}</title>
          <Diagram scene={scene} drawing={drawing} onLead={() => undefined} />
          {LEGEND.map(([kind, label], index) => (
            <g key={kind} transform={`translate(${[0, 160, 380][index]} ${drawing.height + LEGEND_HEIGHT - 8})`}>
              <Line d="M1 0H31" kind={kind} />
              <text x={38} y={4} className="fill-muted text-[10.5px]">
                {t(label)}
              </text>
            </g>
          ))}
        </svg>,
      ),
    );
    const svg = place.querySelector('svg');
    if (!svg) throw new Error('nothing was drawn');
    return { svg: standaloneSvg(svg), ...size };
  } finally {
    root.unmount();
    place.remove();
  }
}

/** The policy of the page allows images from `data:`, and not from `blob:`. */
async function pngOf({ svg, width, height }: PictureText): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser has no canvas');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the browser makes no PNG');
  return new Uint8Array(await blob.arrayBuffer());
}
