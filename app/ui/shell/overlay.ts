import { create } from 'zustand';

type Overlay = 'palette' | 'help';

/** What is open above the page: the command palette, or the list of keyboard shortcuts. */
export const useOverlay = create<{ readonly open: Overlay | null }>(() => ({ open: null }));

export const openOverlay = (open: Overlay): void => useOverlay.setState({ open });

/** A dialog reports late that it was closed; by then another may be open. */
export const closeOverlay = (closed: Overlay): void =>
  useOverlay.setState(({ open }) => ({ open: open === closed ? null : open }));
