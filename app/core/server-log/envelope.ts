/** What a container runtime, a collector or syslog writes around the line of a program. */
export interface Enveloped {
  /** The program's own line. */
  readonly text: string;
  readonly source?: string;
  readonly program?: string;
  readonly process?: string;
}

/** Docker Compose: `db-1  | `. */
const COMPOSE = /^([A-Za-z0-9][\w.-]{0,80}?) {0,40}\| ?/;
/** `kubectl logs --prefix`: `[pod/db-0/postgres] `. */
const KUBECTL = /^\[pod\/([^\]\s]{1,200})\] /;
/** Stern and other collectors put the pod and container before a line of JSON: `db-0 postgres {"level":…`. */
const BEFORE_JSON = /^([A-Za-z0-9][\w./-]{0,200}(?: [A-Za-z0-9][\w.-]{0,100})?):? (?=\{")/;
/** The container runtime interface of Kubernetes: `2026-11-25T00:10:00.123456789Z stderr F `. */
const RUNTIME = /^\d{4}-\d\d-\d\dT[\d:.]{8,20}(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] /;
/** RFC 3164, and RFC 3339 as rsyslog and `journalctl -o short-iso` write it: `Nov 25 00:10:00 db postgres[4711]: `. */
const SYSLOG =
  /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})?|\d{4}-\d\d-\d\dT[\d:.]{8,20}(?:Z|[+-]\d\d:?\d\d)) (\S{1,200}) ([\w./@-]{1,80})(?:\[(\d{1,10})\])?: /;
/** `syslog_sequence_numbers` and the split of long messages (elog.c): `[3-1] `. */
const SEQUENCE = /^\[\d{1,10}-\d{1,10}\] /;

/** A line without what surrounds it. */
export function opened(line: string): Enveloped {
  const kubectl = KUBECTL.exec(line);
  if (kubectl) return { ...opened(line.slice(kubectl[0].length)), source: kubectl[1] ?? '' };
  const named = BEFORE_JSON.exec(line);
  if (named) return { text: line.slice(named[0].length), source: named[1] ?? '' };
  const runtime = RUNTIME.exec(line);
  if (runtime) return { text: line.slice(runtime[0].length) };
  const compose = COMPOSE.exec(line);
  if (compose) return { ...opened(line.slice(compose[0].length)), source: compose[1] ?? '' };
  const syslog = SYSLOG.exec(line);
  if (!syslog) return { text: line };
  const [whole, source = '', program = '', process] = syslog;
  const text = line.slice(whole.length).replace(SEQUENCE, '').replaceAll('#011', '\t');
  return { text, source, program, ...(process === undefined ? {} : { process }) };
}
