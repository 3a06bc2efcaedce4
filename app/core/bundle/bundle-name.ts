import type { Plan } from '../plan/schema.ts';

const TITLE_LENGTH = 24;

/** The folder that every archive of a plan unpacks to: `postern-payroll`, or `postern-vpn` for a plan without a title. */
export function bundleName({ title, network }: Pick<Plan, 'title' | 'network'>): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, TITLE_LENGTH)
    .replace(/^-+|-+$/g, '');
  return `postern-${words || network.pattern}`;
}
