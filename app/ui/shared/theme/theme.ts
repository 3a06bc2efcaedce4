import { create } from 'zustand';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'postern.theme';

const saved = (): Theme => {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system';
  } catch {
    return 'system';
  }
};

/** The theme that the user chose; `system` follows the system's own setting. */
export const useTheme = create<{ readonly theme: Theme }>(() => ({ theme: 'system' }));
// The initial state is that of the page as the build writes it, which React continues with.
useTheme.setState({ theme: saved() });

export function chooseTheme(theme: Theme): void {
  useTheme.setState({ theme });
  showTheme();
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
}

export function showTheme(): void {
  document.documentElement.dataset.theme = useTheme.getState().theme;
}
