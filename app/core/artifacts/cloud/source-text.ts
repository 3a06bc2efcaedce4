import { prefixText } from '../../net/prefix.ts';
import type { CloudRule } from './rules.ts';

/** Networks with their length, as both clouds take them; a group as it is. */
export const sourceTexts = (source: CloudRule['source']): readonly string[] =>
  typeof source === 'string' ? [source] : source.map(prefixText);
