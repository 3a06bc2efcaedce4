import { expose } from 'comlink';
import { config } from 'zod/mini';
import type { Reading } from '../core/certificate/read-x509.ts';
import {
  type AccessModel,
  type Bundle,
  type BundleFile,
  type Delta,
  decodeLink,
  deltaOf,
  encodeLink,
  generator,
  type Plan,
  type PlanIssue,
  parsePlan,
  type Result,
  redact,
} from '../core/index.ts';
import type { Judged } from './certificates.ts';
import { PART_MISSING } from './part-missing.ts';

// Zod would try `new Function`, which a content security policy forbids.
config({ jitless: true });

/** The part of the model that the diagram draws. */
export type Scene = Pick<AccessModel, 'plan' | 'hosts' | 'flows' | 'clients'>;

/** What a valid draft gives: its example values, which the user must replace, its files, the commands to paste instead of a script, and what the picture draws. */
export interface Generated {
  readonly plan: Plan;
  readonly examples: readonly PlanIssue[];
  readonly bundle: Bundle;
  readonly commands: readonly BundleFile[];
  readonly scene: Scene;
}

/** The answer to a draft: its issues, or what it gives. */
export type Answer = Result<Generated>;

/** What a valid draft gives, as it differs from what the last one gave. */
export interface Sent {
  /** The name of this value, to be given with the next draft. */
  readonly name: number;
  /** From the value that the page has; from nothing if that is not the last one here. */
  readonly since: number | null;
  readonly delta: Delta;
}

const generated = generator();
let last: { readonly name: number; readonly value: Generated } | undefined;

type Certificates = typeof import('./certificates.ts');
const certificates = (): Promise<Certificates> =>
  import('./certificates.ts').catch(() => {
    throw new Error(PART_MISSING);
  });

const calls = {
  /** `has`: the name of the value that the page has. */
  answer(draft: unknown, has: number | null): Result<Sent> {
    const parsed = parsePlan(draft);
    if (!parsed.ok) return parsed;
    const { plan, examples, model, bundle, commands } = generated(parsed.value);
    const { hosts, flows, clients } = model;
    const value = { plan, examples, bundle, commands, scene: { plan, hosts, flows, clients } };
    const before = last?.name === has ? last : undefined;
    // Random, because another worker may have answered before this one.
    const name = Math.random();
    last = { name, value };
    return { ok: true, value: { name, since: before?.name ?? null, delta: deltaOf(before?.value, value) } };
  },
  parse: (json: unknown): Result<Plan> => parsePlan(json),
  openLink: (fragment: string): Promise<Result<Plan>> => decodeLink(fragment),
  /** Reading X.509 requires a library that nothing else needs. */
  readCertificates: async (text: string): Promise<Reading> => (await certificates()).read(text),
  textOfFile: async (bytes: Uint8Array) => (await certificates()).textOfFile(bytes),
  judge: async (...asked: Parameters<Certificates['judge']>): Promise<Judged> => (await certificates()).judge(...asked),
  /** The plan's link; `neutral` leaves out its addresses and names. */
  makeLink: (plan: Plan, { neutral }: { readonly neutral: boolean }): Promise<string> =>
    encodeLink(neutral ? redact(plan) : plan),
};

export type CoreCalls = typeof calls;

expose(calls);
