import { startTransition, useEffect, useState } from 'react';

/** Time without a new value, in milliseconds. It is longer than a typist's pause between two keystrokes. */
const QUIET_MS = 300;

/** Returns a value with a delay: a new value is returned when no other has followed it for a while. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(() => value);
  useEffect(() => {
    if (Object.is(value, settled)) return;
    const timer = setTimeout(() => startTransition(() => setSettled(() => value)), QUIET_MS);
    return () => clearTimeout(timer);
  }, [value, settled]);
  return settled;
}
