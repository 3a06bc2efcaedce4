import { useEffect } from 'react';
import { t } from '../messages/first-screen.ts';

/** Sets the title of the tab. A nested screen sets its own title, and the outer one is restored afterwards. */
export function useTitle(title: string | null): void {
  useEffect(() => {
    const before = document.title;
    document.title = title === null ? t('app.name') : `${title} · ${t('app.name')}`;
    return () => {
      document.title = before;
    };
  }, [title]);
}
