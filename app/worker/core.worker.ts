import { expose } from 'comlink';
import { config } from 'zod/mini';
import {
  type AccessModel,
  type Bundle,
  decodeLink,
  deriveAccess,
  encodeLink,
  generate,
  type Plan,
  type PlanIssue,
  parsePlan,
  type Result,
  redact,
} from '../core/index.ts';
import type { Judged, Reading } from './certificates.ts';

// Zod would try `new Function`, which a content security policy forbids.
config({ jitless: true });

/** The part of the model that the picture draws. */
export type Scene = Pick<AccessModel, 'plan' | 'hosts' | 'flows' | 'clients'>;

/** What comes of a draft: refusals, or the plan with its files and its picture. */
export type Answer =
  | { readonly ok: false; readonly issues: readonly PlanIssue[] }
  | { readonly ok: true; readonly plan: Plan; readonly bundle: Bundle; readonly scene: Scene };

type Certificates = typeof import('./certificates.ts');
const certificates = (): Promise<Certificates> => import('./certificates.ts');

const calls = {
  answer(draft: unknown): Answer {
    const parsed = parsePlan(draft);
    if (!parsed.ok) return parsed;
    const { plan, hosts, flows, clients } = deriveAccess(parsed.value);
    return { ok: true, plan: parsed.value, bundle: generate(parsed.value), scene: { plan, hosts, flows, clients } };
  },
  parse: (json: unknown): Result<Plan> => parsePlan(json),
  openLink: (fragment: string): Promise<Result<Plan>> => decodeLink(fragment),
  /** Reading X.509 takes a library that nothing else needs. */
  readCertificates: async (text: string): Promise<Reading> => (await certificates()).readCertificates(text),
  textOfFile: async (bytes: Uint8Array) => (await certificates()).textOfFile(bytes),
  judge: async (...asked: Parameters<Certificates['judge']>): Promise<Judged> => (await certificates()).judge(...asked),
  /** The plan's link; `neutral` leaves out its addresses and names. */
  makeLink: (plan: Plan, { neutral }: { readonly neutral: boolean }): Promise<string> =>
    encodeLink(neutral ? redact(plan) : plan),
};

export type CoreCalls = typeof calls;

expose(calls);
