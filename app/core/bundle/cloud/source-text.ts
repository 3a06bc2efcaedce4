import { prefixText } from '../../net/prefix.ts';
import type { CloudRule } from './rules.ts';

/** Networks with their length, as both clouds expect them; a group unchanged. */
export const sourceTexts = (source: CloudRule['source']): readonly string[] =>
  typeof source === 'string' ? [source] : source.map(prefixText);
