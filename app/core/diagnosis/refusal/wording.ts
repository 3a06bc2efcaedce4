/** Whether a line contains the pieces of a wording in order. Takes time proportional to the length of the line. */
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
