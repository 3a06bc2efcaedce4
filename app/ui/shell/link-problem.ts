import { create } from 'zustand';

interface LinkOpening {
  /** Why the last link could not be opened. */
  readonly reasons: readonly string[];
  /** Opens that link again, if another attempt may help. */
  readonly again: (() => void) | null;
  /** Stops opening a link that takes long. */
  readonly cancel: (() => void) | null;
}

const nothing: LinkOpening = { reasons: [], again: null, cancel: null };

/** The state of opening the last link. */
export const useLinkProblem = create<LinkOpening>(() => nothing);

/** Replaces the state of the previous link. */
export const tellOfLink = (told: Partial<LinkOpening>): void => useLinkProblem.setState({ ...nothing, ...told });
