import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Time limit in seconds for a condition to become true. Only a condition that never becomes true takes this long: a
 * busy machine is slow, and no test is about speed.
 */
const PATIENCE = 120;

/**
 * Waits until `condition` returns something truthy, and returns it.
 * @param what completes the sentence "waited 120 seconds until …".
 * @param details more for the error, such as the log of a server that did not start.
 * @throws as soon as `condition` throws, and when it stays false.
 */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  details?: () => string | Promise<string>,
): Promise<T> {
  const end = performance.now() + PATIENCE * 1000;
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 100)) {
    const value = await condition();
    if (value) return value;
    if (performance.now() > end)
      throw new Error(`Waited ${PATIENCE} seconds until ${what}.${details ? `\n${await details()}` : ''}`);
    await sleep(pause);
  }
}
