import { type ManagedService, serviceIn } from './managed.ts';
import type { Refusal } from './refusal.ts';

/** Where a client tried to connect to. */
export interface Target {
  /** A name or address, as written. */
  readonly host: string;
  /** The address that the name resolved to, if the message says so. */
  readonly address?: string;
  readonly port?: number;
}

/** A port that a container publishes: `0.0.0.0:5434->5432/tcp` in `docker ps`. */
export interface PublishedPort {
  readonly port: number;
  readonly containerPort: number;
}

/** What a text says besides the messages: it narrows what they can mean. */
export interface Surroundings {
  readonly targets: readonly Target[];
  readonly published: readonly PublishedPort[];
  readonly service?: ManagedService;
  /** The password file whose password libpq sent, which it says after a rejected password. */
  readonly passwordFile?: string;
}

/** libpq, JDBC, Node.js, Prisma and Go name the host and port that they tried. */
const TARGETS: readonly RegExp[] = [
  /connection to server at "(?<host>[^"]{1,255})"(?: \((?<address>[^)]{1,60})\))?, port (?<port>\d{1,5})/g,
  /running on host "(?<host>[^"]{1,255})"(?: \((?<address>[^)]{1,60})\))? and accepting\s+TCP\/IP connections on port (?<port>\d{1,5})/g,
  /Connection to (?<host>[^\s:]{1,255}):(?<port>\d{1,5}) refused/g,
  /connect E[A-Z]{3,20} (?<host>[0-9a-fA-F.:]{2,45}):(?<port>\d{1,5})\b/g,
  /database server at `(?<host>[^`]{1,255})`:`(?<port>\d{1,5})`/g,
  /database server at `?(?<host>[\w.-]{1,255}):(?<port>\d{1,5})`?/g,
  /dial tcp \[?(?<host>[0-9a-fA-F.:]{2,45}?)\]?:(?<port>\d{1,5}): /g,
  /could not translate host name "(?<host>[^"]{1,255})"/g,
  /getaddrinfo E[A-Z_]{3,20} (?<host>[\w.-]{1,255})/g,
];

const PUBLISHED = /(?:[\d.]{7,15}|\[?::\]?):(\d{1,5})->(\d{1,5})\/tcp/g;

export function surroundingsIn(text: string): Surroundings {
  const targets = TARGETS.flatMap((pattern) =>
    [...text.matchAll(pattern)].slice(0, 20).map(({ groups }): Target => {
      const { host = '', address, port } = groups ?? {};
      return {
        host,
        ...(address === undefined ? {} : { address }),
        ...(port === undefined ? {} : { port: Number(port) }),
      };
    }),
  );
  const published = [...text.matchAll(PUBLISHED)]
    .slice(0, 50)
    .map(([, port, containerPort]) => ({ port: Number(port), containerPort: Number(containerPort) }));
  const service = serviceIn(text);
  const passwordFile = /password retrieved from file "([^"]{1,255})"/.exec(text)?.[1];
  return {
    targets,
    published,
    ...(service ? { service } : {}),
    ...(passwordFile === undefined ? {} : { passwordFile }),
  };
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

export const isLoopbackName = (host: string): boolean => LOOPBACK.test(host);

/** The client's own end is loopback and the server sees another address: something between them connects again. */
export const isTranslated = ({ targets }: Surroundings, { host }: Refusal): boolean =>
  host !== '[local]' &&
  !isLoopbackName(host) &&
  targets.length > 0 &&
  targets.every((target) => isLoopbackName(target.address ?? target.host));

/** The port that the client tried is not the one that a container publishes for it. */
export function isUnpublished({ targets, published }: Surroundings): boolean {
  return (
    published.length > 0 &&
    targets.length > 0 &&
    targets.every(
      ({ host, port }) =>
        port !== undefined &&
        !published.some((one) => one.port === port && (isLoopbackName(host) || /[.:]/.test(host))),
    )
  );
}
