import { focusWhenThere } from '../browser/focus.ts';
import { useDraft } from '../draft/store.ts';
import { fieldId } from './field-id.ts';
import { openEntry, visit } from './place.ts';
import { spotOf } from './spots.ts';
import { useView } from './view.ts';

/** Navigates to the answer at a plan path: its screen, its list entry, its field. */
export function leadTo(path: string): void {
  // Quick setup asks for it as well.
  if (useView.getState().view === 'express' && document.getElementById(fieldId(path))) {
    focusWhenThere(() => document.getElementById(fieldId(path)));
    return;
  }
  visit(spotOf(path, useDraft.getState().draft.network.pattern), false);
  const entry = /^(clients|network\.peers|network\.replicas|administration\.people)\.(\d+)/.exec(path);
  if (entry?.[1] !== undefined) openEntry(entry[1], Number(entry[2]));
  focusWhenThere(() => nearestField(path) ?? headingWithout());
}

/** The heading of a screen whose fields are there, and where the field isn't needed for the other answers. */
const headingWithout = (): HTMLElement | null =>
  document.querySelector('main [id^="at-"]') && document.getElementById('group-heading');

/** The field of this answer, or of the nearest answer that contains it. */
function nearestField(path: string): HTMLElement | null {
  const keys = path.split('.');
  for (let length = keys.length; length > 0; length--) {
    const id = fieldId(keys.slice(0, length).join('.'));
    // An answer that is left out as a whole has only its switch.
    const field = document.getElementById(id) ?? document.getElementById(`${id}-on`);
    if (field) return field;
  }
  return null;
}
