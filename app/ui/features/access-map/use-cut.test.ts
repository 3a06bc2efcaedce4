// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { cutOf } from './use-cut.ts';

/** A table with cells of 100 by 50 pixels, in a window of this size. */
function table(width: number, height: number): HTMLElement {
  const host = document.createElement('div');
  host.innerHTML = `<table><thead><tr><td></td>${'<th></th>'.repeat(4)}</tr></thead><tbody>${'<tr></tr>'.repeat(3)}</tbody></table>`;
  const place = (element: Element, right: number, bottom: number) => {
    element.getBoundingClientRect = () => ({ right, bottom }) as DOMRect;
  };
  place(host, width, height);
  for (const [at, column] of [...host.querySelectorAll('th')].entries()) place(column, (at + 2) * 100, 50);
  for (const [at, row] of [...host.querySelectorAll('tbody tr')].entries()) place(row, 500, (at + 2) * 50);
  return host;
}

it.each([
  [500, 200, { rows: 0, columns: 0 }],
  [499.5, 199.5, { rows: 0, columns: 0 }],
  [450, 200, { rows: 0, columns: 1 }],
  [250, 120, { rows: 2, columns: 3 }],
])('in %d by %d pixels, %j are cut off', (width, height, cut) => {
  expect(cutOf(table(width, height))).toEqual(cut);
});
