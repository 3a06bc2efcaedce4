import { reachability } from '../../hba-analysis/reachability.ts';
import { effectiveSettings } from '../../postgres/conf/conf.ts';
import { isWhole, sslOf } from '../../postgres/conf/facts.ts';
import { type AuditInput, parsedInput } from '../findings.ts';
import type { Reference } from '../rule.ts';
import type { CisEvidence, Verdict } from './item.ts';
import { notInFiles } from './not-in-files.ts';
import { ruleItems } from './rule-items.ts';
import { settingItems } from './setting-items.ts';

/** An item of the benchmark with what the files say about it. */
export interface CisResult {
  /** As in the benchmark: `3.1.20`. */
  readonly number: string;
  /** In our words; the benchmark has its own. */
  readonly title: string;
  /** `violated` if any line violates it; `unknown` if the files don't tell, or a person has to decide. */
  readonly verdict: Verdict;
  readonly evidence: readonly CisEvidence[];
}

export interface CisReport {
  readonly benchmark: Reference;
  /** The major that the benchmark is for. Others have other numbers. */
  readonly benchmarkMajor: number;
  /** In the order of their numbers. */
  readonly items: readonly CisResult[];
  /** Items that need the host, the roles or the data. */
  readonly notInFiles: readonly { readonly number: string; readonly title: string }[];
}

/** The release whose numbering and requirements could be verified item by item. */
const BENCHMARK: Reference = {
  title: 'CIS PostgreSQL 17 Benchmark v1.0.0',
  url: 'https://www.tenable.com/audits/CIS_PostgreSQL_17_v1.0.0_L1_Database',
};

/** Which lines satisfy and which violate the items of the CIS PostgreSQL Benchmark that are about these two files. */
export function cisReport(input: AuditInput): CisReport {
  const { hba, conf, major } = parsedInput(input);
  const whole = conf !== undefined && isWhole(conf);
  const settings = conf && effectiveSettings(conf);
  const ssl = !settings || sslOf(settings, whole) !== false;
  const known = { major, ...(settings && whole ? { settings } : {}), ...(hba ? { hba } : {}) };
  const reach = hba ? reachability(hba, { ssl }) : [];
  return {
    benchmark: BENCHMARK,
    benchmarkMajor: 17,
    items: [...settingItems, ...ruleItems]
      .map(({ number, title, check }) => {
        const evidence = [...check({ ...known, reach })];
        return { number, title, verdict: verdictOf(evidence), evidence };
      })
      .toSorted((a, b) => byNumber(a.number, b.number)),
    notInFiles,
  };
}

function verdictOf(evidence: readonly CisEvidence[]): Verdict {
  if (evidence.some(({ verdict }) => verdict === 'violated')) return 'violated';
  return evidence.length > 0 && evidence.every(({ verdict }) => verdict === 'satisfied') ? 'satisfied' : 'unknown';
}

const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
