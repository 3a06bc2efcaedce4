import { useEffect } from 'react';
import { t } from '../messages/translate.ts';

/** Names the tab after what it shows. A screen inside another says its own name, and the outer one's returns after it. */
export function useTitle(title: string | null): void {
  useEffect(() => {
    const before = document.title;
    document.title = title === null ? t('app.name') : `${title} · ${t('app.name')}`;
    return () => {
      document.title = before;
    };
  }, [title]);
}
