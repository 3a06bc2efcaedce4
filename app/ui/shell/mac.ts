import { useSyncExternalStore } from 'react';

export const isMac = (): boolean => /mac|iphone|ipad/i.test(navigator.platform);

/** Whether the shortcuts are those of a Mac. The page as the build writes it has the others. */
export const useMac = (): boolean =>
  useSyncExternalStore(
    () => () => undefined,
    isMac,
    () => false,
  );
