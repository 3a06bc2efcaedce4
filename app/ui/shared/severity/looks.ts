import { CircleAlert, CircleDot, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { Severity } from '../../../core/index.ts';

/** How a severity looks: never by color alone. */
export const looks = {
  critical: { Icon: OctagonAlert, tone: 'text-deny' },
  high: { Icon: CircleAlert, tone: 'text-deny' },
  medium: { Icon: TriangleAlert, tone: 'text-caution' },
  low: { Icon: CircleDot, tone: 'text-accent' },
  info: { Icon: Info, tone: 'text-accent' },
} as const satisfies Record<Severity, unknown>;
