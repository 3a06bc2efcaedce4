/** A line of one of the two compared files. */
export interface ShownAt {
  readonly side: 'before' | 'after';
  readonly line: number;
}
