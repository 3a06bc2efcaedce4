import type { Plan } from '../../core/index.ts';

const TITLE_LENGTH = 24;

/** The name of what is taken away: `postern-payroll`, or `postern-vpn` for a plan without a title. */
export function bundleName({ title, network }: Plan): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, TITLE_LENGTH)
    .replace(/^-+|-+$/g, '');
  return `postern-${words || network.pattern}`;
}
