import type { BundleFile } from '../../../../core/index.ts';

type Text = Pick<BundleFile, 'content'>;

const known = new WeakMap<Text, readonly string[]>();

/** The lines of a file, cached per file object, because most files don't change between two answers. */
export function linesOf(file: Text): readonly string[] {
  const lines = known.get(file) ?? file.content.replace(/\n$/, '').split('\n');
  known.set(file, lines);
  return lines;
}
