/** Whether a line holds the pieces of a wording in their order. Takes time in proportion to the line, whatever it holds. */
export function matchesWording(line: string, pieces: readonly string[]): boolean {
  let at = 0;
  for (const piece of pieces) {
    const found = line.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}

export const piecesOf = (wording: string): string[] => wording.toLowerCase().split('…');
