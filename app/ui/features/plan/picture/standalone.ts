/** Styles that the picture takes from the page, each of which is also an attribute of SVG. */
const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

const DRAWN = new Set(['path', 'rect', 'circle', 'text', 'g']);
/** What only a page has a use for. */
const OF_THE_PAGE = ['class', 'role', 'tabindex', 'aria-label', 'style'];
const SVG = 'http://www.w3.org/2000/svg';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * An SVG of the page as the text of a file that needs no style sheet: the computed styles become attributes, behind it
 * is white, and fonts are those of the system that opens it.
 */
export function standaloneSvg(shown: SVGSVGElement): string {
  const copy = shown.cloneNode(true) as SVGSVGElement;
  const originals = shown.querySelectorAll('*');
  for (const [index, element] of [...copy.querySelectorAll('*')].entries()) {
    const original = originals[index];
    if (original && DRAWN.has(element.localName)) inline(element, getComputedStyle(original));
    for (const name of OF_THE_PAGE) element.removeAttribute(name);
  }
  const [x = '0', y = '0', width = '0', height = '0'] = (shown.getAttribute('viewBox') ?? '').split(' ');
  const background = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({ x, y, width, height, fill: '#ffffff' })) {
    background.setAttribute(name, value);
  }
  const [title] = copy.querySelectorAll(':scope > title');
  if (title) title.after(background);
  else copy.prepend(background);
  copy.setAttribute('xmlns', SVG);
  for (const name of OF_THE_PAGE) copy.removeAttribute(name);
  return `<?xml version="1.0" encoding="utf-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

function inline(element: Element, style: CSSStyleDeclaration): void {
  for (const name of STYLES) {
    const value = style.getPropertyValue(name);
    // Groups pass on what they are given; what they inherit themselves is not needed.
    if (value !== '' && (element.localName !== 'g' || name === 'opacity')) element.setAttribute(name, value);
  }
  if (element.localName !== 'text') return;
  const isCode = style.getPropertyValue('font-family').includes('monospace');
  element.setAttribute('font-family', isCode ? 'ui-monospace, monospace' : 'system-ui, sans-serif');
}
