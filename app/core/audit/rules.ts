import type { HbaRule } from './rule.ts';
import { deadRecord } from './rules/dead-record.ts';
import { trustOverTcp } from './rules/trust-over-tcp.ts';

/** Every rule about pg_hba.conf. */
export const hbaRules: readonly HbaRule[] = [trustOverTcp, deadRecord];
