import { Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { AuditSeverity } from '../../core/index.ts';

/** How a severity looks: never by colour alone. */
export const looks = {
  critical: { Icon: OctagonAlert, tone: 'text-deny' },
  warning: { Icon: TriangleAlert, tone: 'text-caution' },
  notice: { Icon: Info, tone: 'text-accent' },
} as const satisfies Record<AuditSeverity, unknown>;
