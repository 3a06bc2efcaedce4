const DAY = 86_400_000;
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** The day and hour in UTC, as in certificates. */
export const absolute = (time: number): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The time relative to a moment, in the largest meaningful unit: `in 3 months`. */
export function fromNow(time: number, now: number): string {
  const days = (time - now) / DAY;
  if (Math.abs(days) < 1) return relative.format(Math.trunc(days * 24), 'hour');
  if (Math.abs(days) < 60) return relative.format(Math.trunc(days), 'day');
  if (Math.abs(days) < 730) return relative.format(Math.trunc(days / 30.44), 'month');
  return relative.format(Math.trunc(days / 365.25), 'year');
}
