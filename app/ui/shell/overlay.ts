import { create } from 'zustand';

/** What is open above the page: the command palette, or the list of keyboard shortcuts. */
export const useOverlay = create<{ readonly open: 'palette' | 'help' | null }>(() => ({ open: null }));

export const openOverlay = (open: 'palette' | 'help'): void => useOverlay.setState({ open });
export const closeOverlay = (): void => useOverlay.setState({ open: null });
