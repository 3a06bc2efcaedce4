import { distance } from '../../quote/distance.ts';
import { settingNames } from './catalogue.ts';

/** The setting that was most probably intended by this name; undefined if none is similar. */
export function suggestSetting(name: string, major: number): string | undefined {
  const said = name.toLowerCase();
  const allowed = Math.max(1, Math.floor(said.length / 4));
  let best: string | undefined;
  let least = allowed + 1;
  for (const one of settingNames(major)) {
    if (Math.abs(one.length - said.length) >= least) continue;
    const far = distance(said, one.toLowerCase());
    if (far < least) [best, least] = [one, far];
  }
  return best;
}
