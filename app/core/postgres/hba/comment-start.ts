/**
 * The offset where the comment of a line of pg_hba.conf starts; -1 if there is none. A `#` inside a quoted name does
 * not start a comment.
 */
export function commentStart(line: string): number {
  for (let at = 0, hash = line.indexOf('#'); hash >= 0; ) {
    const quote = line.indexOf('"', at);
    if (quote < 0 || quote > hash) return hash;
    const closing = line.indexOf('"', quote + 1);
    if (closing < 0) return -1;
    at = closing + 1;
    if (hash < at) hash = line.indexOf('#', at);
  }
  return -1;
}
