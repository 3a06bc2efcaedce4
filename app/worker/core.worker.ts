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
  generator,
  linkOf,
  type Plan,
  type PlanIssue,
  parsePlan,
  patched,
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

/** A value as it differs from an earlier one, which the other side may have. */
export interface Sent {
  /** The name of the value. */
  readonly name: number;
  /** The name of the earlier one; null if `delta` is the whole value. */
  readonly since: number | null;
  readonly delta: Delta;
}

interface Named<Value> {
  readonly name: number;
  readonly value: Value;
}

/** The last draft and what it gave; for both, the page has the same values while the names agree. */
let asked: Named<unknown> | undefined;
let gave: Named<Generated> | undefined;
const generated = generator();

type Certificates = typeof import('./certificates.ts');
const certificates = (): Promise<Certificates> =>
  import('./certificates.ts').catch(() => {
    throw new Error(PART_MISSING);
  });

const calls = {
  /** `has`: the name of what the last draft gave, if the page has it. Returns `whole` if the draft must be sent as a whole. */
  answer({ name, since, delta }: Sent, has: number | null): Result<Sent> | 'whole' {
    if (since !== null && asked?.name !== since) return 'whole';
    asked = { name, value: patched(since === null ? undefined : asked?.value, delta) };
    const parsed = parsePlan(asked.value);
    if (!parsed.ok) return parsed;
    const { plan, examples, model, bundle, commands } = generated(parsed.value);
    const { hosts, flows, clients } = model;
    const value = { plan, examples, bundle, commands, scene: { plan, hosts, flows, clients } };
    const before = gave?.name === has ? gave : undefined;
    gave = { name, value };
    return { ok: true, value: { name, since: before?.name ?? null, delta: deltaOf(before?.value, value) } };
  },
  parse: (json: unknown): Result<Plan> => parsePlan(json),
  openLink: (fragment: string): Promise<Result<Plan>> => decodeLink(fragment),
  /** Reading X.509 requires a library that nothing else needs. */
  readCertificates: async (text: string): Promise<Reading> => (await certificates()).read(text),
  textOfFile: async (bytes: Uint8Array) => (await certificates()).textOfFile(bytes),
  judge: async (...asked: Parameters<Certificates['judge']>): Promise<Judged> => (await certificates()).judge(...asked),
  /** The plan's link; `neutral` leaves out its addresses and names. */
  makeLink: (plan: Plan, { neutral }: { readonly neutral: boolean }): string => {
    const link = linkOf((neutral ? redact(plan) : plan) as unknown);
    if (typeof link !== 'string') throw new Error(link.issues[0]?.message);
    return link;
  },
};

export type CoreCalls = typeof calls;

expose(calls);
