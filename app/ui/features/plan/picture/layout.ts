import { addressText, prefixText } from '../../../../core/index.ts';
import type { Scene } from '../../../../worker/core.worker.ts';
import type { LineKind } from './Shapes.tsx';

type Flow = Scene['flows'][number];
type Host = Scene['hosts'][number];
type Prefix = Flow['from'][number];

/** An object in the diagram, with its position. */
export interface Node {
  readonly id: string;
  /** `world`: a client whose sources include every address of a family. */
  readonly kind: 'host' | 'network' | 'world' | 'anyone';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly addresses: readonly string[];
  /** The machine's role, for a host. */
  readonly role?: Host['kind'];
  /** The addresses that PostgreSQL sees instead of the clients' own, for a machine that forwards connections. */
  readonly seenAs?: readonly string[];
  /** The tunnel peers that a client is on or behind. */
  readonly peers?: readonly string[];
  /** A replica that streams from the primary. */
  readonly streams?: boolean;
  /** How many items it represents. */
  readonly count: number;
  /** The answer behind it. */
  readonly path: string;
}

/** Traffic between two objects. */
export interface Edge {
  readonly id: string;
  readonly kind: LineKind;
  readonly d: string;
  readonly from: Node;
  readonly to: Node;
  readonly flow: Flow;
  /** It runs inside a tunnel that ends at the same machine. */
  readonly tunnelled: boolean;
  /** The position of its label; absent if an adjacent line from the same source already has the same label. */
  readonly label: { readonly x: number; readonly y: number } | null;
  readonly end: { readonly x: number; readonly y: number };
}

/** Where other traffic is stopped: the nearest wall blocks it. */
export interface Wall {
  /** From outside to inside: the cloud's filter, if there is one, and the machine's own. */
  readonly lines: readonly { readonly x: number; readonly by: 'cloud' | 'machine'; readonly to: number }[];
  readonly at: Node;
  readonly from: Node;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly wall: Wall;
  /** The address families in which every address can try to log in, so that nobody else is left to reject. */
  readonly open: readonly Prefix['family'][];
}

const TOP = 20;
const ROW = 60;
const MIDDLE_HEIGHT = 48;
const TARGET_HEIGHT = 52;
const wide = {
  width: 680,
  source: { x: 1, width: 168, height: 40 },
  middle: { x: 318, width: 124 },
  target: { x: 530, width: 149 },
};
/** For narrow screens: with nothing between, and with a machine between. */
const narrow = {
  width: 400,
  source: { x: 1, width: 134, height: 40 },
  middle: { x: 0, width: 0 },
  target: { x: 277, width: 122 },
};
const narrowBetween = {
  width: 540,
  source: { x: 1, width: 134, height: 40 },
  middle: { x: 248, width: 96 },
  target: { x: 424, width: 115 },
};
/** Distance from the wall to the machine behind it. */
const WALL = 16;
/** Distance from the cloud's wall to the machine's. */
const CLOUD = 44;
/** More clients than this are drawn as one. */
const CLIENTS = 6;
const PEOPLE = 2;

interface Sender {
  readonly title: string;
  readonly peers?: readonly string[];
  readonly from: readonly Prefix[];
  readonly path: string;
  readonly count: number;
  /** The traffic, hop by hop. */
  readonly flows: readonly Flow[];
}

/** Lays the plan out from left to right: who connects, what they pass, the servers. */
export function draw({ plan, hosts, flows, clients }: Scene, isWide: boolean): Drawing {
  const between = hosts.filter(({ kind }) => kind === 'gateway' || kind === 'bastion');
  const { width, source, middle, target } = isWide ? wide : between.length > 0 ? narrowBetween : narrow;
  const tunnel = flows.find((flow) => flow.id.startsWith('tunnel'));
  const ids = new Set(between.map(({ id }) => id));
  const passes = (sender: Sender) => sender.flows.some(({ to, fromHost }) => ids.has(to) || ids.has(fromHost ?? ''));
  // Clients that connect directly to a server are below those that pass a machine, so that no line runs behind it.
  const senders = [
    ...gathered(
      clients
        .filter(({ client }) => client.via !== 'socket')
        .map(
          (access): Sender => ({
            title: access.client.name,
            from: access.sources,
            path: `${access.path}.sources`,
            peers: access.peers,
            count: 1,
            flows: flows.filter((flow) => flow.client === access.index),
          }),
        ),
      CLIENTS,
      'clients',
    ),
    ...gathered(
      plan.administration.people.flatMap((person, index): Sender[] => {
        const own = flows.filter((flow) => flow.id === `admin-${index}` || flow.id.startsWith(`admin-${index}-`));
        const from = own.find((flow) => flow.fromHost === undefined)?.from ?? [];
        const path = `administration.people.${index}.sources`;
        return own.length > 0 ? [{ title: person.name, from, path, count: 1, flows: own }] : [];
      }),
      PEOPLE,
      'administration.people',
    ),
  ].toSorted((a, b) => Number(passes(b)) - Number(passes(a)));
  const passing = senders.filter(passes).length;
  const rows = senders.length + 1;
  const height = TOP + rows * ROW;
  const place = (box: { x: number; width: number }, all: readonly Host[], minimum: number, within: number) =>
    all.map((host, index): Node => {
      const share = within / all.length;
      const tall = Math.max(minimum, Math.min(share - 16, senders.length * 30));
      const seenAs = seenFrom(host, flows);
      const streams = host.kind === 'replica' && flows.some(({ fromHost }) => fromHost === host.id);
      return {
        ...hostNode(host.kind === 'server' ? { ...host, name: plan.server.name ?? host.name } : host),
        ...(seenAs.length > 0 ? { seenAs } : {}),
        ...(streams ? { streams } : {}),
        ...box,
        y: TOP + share * index + (share - tall) / 2 - 8,
        height: tall,
      };
    });
  const passed = place(middle, between, MIDDLE_HEIGHT, passing === senders.length ? height - TOP : passing * ROW + 8);
  const servers = place(
    target,
    hosts.filter(({ kind }) => kind === 'server' || kind === 'replica'),
    TARGET_HEIGHT,
    height - TOP,
  );
  const byId = new Map([...passed, ...servers].map((node) => [node.id, node]));
  const rowNode = (
    index: number,
    node: Pick<Node, 'id' | 'kind' | 'title' | 'addresses' | 'path' | 'count' | 'peers'>,
  ): Node => ({
    ...source,
    ...node,
    y: TOP + index * ROW,
  });
  const nameOf = (id: string) => hosts.find((host) => host.id === id)?.name ?? id;
  const sources = senders.map(({ title, from, path, count, peers = [] }, index) =>
    rowNode(index, {
      id: `source-${index}`,
      kind: from.some(isWorld) ? 'world' : isHost(from) ? 'host' : 'network',
      title,
      // Open to everyone must not hide behind the number of the others.
      addresses: from.toSorted((a, b) => Number(isWorld(b)) - Number(isWorld(a))).map(prefixText),
      path,
      count,
      ...(peers.length > 0 ? { peers: peers.map(nameOf) } : {}),
    }),
  );
  const anyone = rowNode(senders.length, {
    id: 'anyone',
    kind: 'anyone',
    title: '',
    addresses: [],
    path: 'network.pattern',
    count: 1,
  });
  const hops = senders.flatMap((sender, index) => {
    const node = sources[index];
    return node ? uniqueHops(sender.flows.flatMap((flow) => toHops(flow, node, byId, tunnel))) : [];
  });
  const tunnelHere = plan.network.pattern === 'vpn' && plan.network.gateway.placement === 'server';
  const edges = withPlaces(
    uniqueHops(hops),
    passed,
    (flow) => tunnelHere && flow.client !== undefined && plan.clients[flow.client]?.via === 'vpn',
  );
  const first = passed[0] ?? servers[0] ?? anyone;
  const cloud = plan.cloud.provider !== 'none';
  // The machine's own filter covers only the first machine; if the space below belongs to another, it ends there.
  const below = cloud && servers.length > 1 && passed.length === 0 ? first.y + first.height + 6 : height - 8;
  return {
    width,
    height,
    nodes: [...sources, anyone, ...passed, ...servers],
    edges,
    wall: {
      lines: [
        ...(cloud ? [{ x: first.x - WALL - CLOUD, by: 'cloud', to: height - 8 } as const] : []),
        { x: first.x - WALL, by: 'machine', to: below },
      ],
      at: first,
      from: anyone,
    },
    open: ([4, 6] as const).filter((family) =>
      flows.some(
        ({ service, protocol, from }) =>
          service !== 'ssh' && protocol === 'tcp' && from.some((one) => one.family === family && isWorld(one)),
      ),
    ),
  };
}

/** Beyond the limit, the rest are one object with the flows of all of them. */
function gathered(senders: readonly Sender[], limit: number, path: string): readonly Sender[] {
  if (senders.length <= limit) return senders;
  const rest = senders.slice(limit - 1);
  return [
    ...senders.slice(0, limit - 1),
    {
      title: '',
      from: rest.flatMap(({ from }) => from),
      path,
      count: rest.length,
      flows: rest.flatMap(({ flows }) => flows),
    },
  ];
}

/** PostgreSQL sees a bastion's own addresses; a tunnel gateway preserves the sender's. */
const seenFrom = ({ id, kind }: Host, flows: readonly Flow[]): string[] =>
  kind === 'bastion'
    ? [
        ...new Set(
          flows
            .filter((flow) => flow.fromHost === id && flow.client !== undefined)
            .flatMap((flow) => flow.from.map(addressText)),
        ),
      ]
    : [];

const isWorld = ({ length }: Prefix): boolean => length === 0;

const isHost = (from: readonly Prefix[]): boolean =>
  from.length > 0 && from.every(({ family, length }) => length === (family === 4 ? 32 : 128));

function hostNode({ id, kind, name, addresses, path }: Host): Omit<Node, 'x' | 'y' | 'width' | 'height'> {
  return { id, kind: 'host', role: kind, title: name, addresses, path, count: 1 };
}

interface Hop {
  readonly from: Node;
  readonly to: Node;
  readonly flow: Flow;
}

/** A flow through the tunnel's gateway is two hops; the first is the tunnel. */
function toHops(flow: Flow, sender: Node, byId: ReadonlyMap<string, Node>, tunnel: Flow | undefined): Hop[] {
  const to = byId.get(flow.to);
  if (!to) return [];
  const via = flow.fromHost === undefined ? undefined : byId.get(flow.fromHost);
  if (!via) return [{ from: sender, to, flow }];
  const last: Hop = { from: via, to, flow };
  return via.role === 'gateway' && tunnel ? [{ from: sender, to: via, flow: tunnel }, last] : [last];
}

/** Identical traffic between the same two objects is one line. */
function uniqueHops(hops: readonly Hop[]): Hop[] {
  const seen = new Map<string, Hop>();
  for (const hop of hops) {
    const { service, port, protocol, encryption } = hop.flow;
    const key = [hop.from.id, hop.to.id, service, port, protocol, encryption].join(' ');
    if (!seen.has(key)) seen.set(key, hop);
  }
  return [...seen.values()];
}

function withPlaces(hops: readonly Hop[], passed: readonly Node[], isTunnelled: (flow: Flow) => boolean): Edge[] {
  return hops.map((hop, index) => {
    const into = hops.filter(({ to }) => to === hop.to);
    const out = hops.filter(({ from }) => from === hop.from);
    const y1 = spread(hop.from, out.indexOf(hop), out.length);
    const own = passed.includes(hop.from);
    // From the machine in the middle a line is straight if possible: its label needs the space.
    const y2 = own
      ? within(hop.to, y1, into.indexOf(hop), into.length)
      : spread(hop.to, into.indexOf(hop), into.length);
    const x1 = hop.from.x + hop.from.width + 3;
    const x2 = hop.to.x - 3;
    // Straight below the label and past objects that it does not touch, then a curve into the machine.
    const skipped = passed.filter((node) => node !== hop.to && node.x > hop.from.x && node.x < hop.to.x);
    const straight = Math.max(x1 + (x2 - x1) * 0.45, ...skipped.map((node) => node.x + node.width));
    const same = out.findIndex(({ flow }) => flow.port === hop.flow.port && flow.encryption === hop.flow.encryption);
    const bend = (straight + x2) / 2;
    return {
      ...hop,
      id: `edge-${index}`,
      tunnelled: isTunnelled(hop.flow),
      kind: hop.flow.encryption === 'optional-tls' ? 'clear' : 'encrypted',
      d: `M${x1} ${y1}H${straight}C${bend} ${y1} ${bend} ${y2} ${x2 - 6} ${y2}H${x2}`,
      label: same === out.indexOf(hop) ? { x: x1 + 4, y: y1 - 4 } : null,
      end: { x: x2, y: y2 },
    };
  });
}

/** The height at which a line reaches a machine without a bend, or the nearest that leaves room for the other lines. */
const within = (node: Node, y: number, index: number, count: number): number =>
  Math.min(Math.max(y, node.y + 10 + 12 * index), node.y + node.height - 10 - 12 * (count - 1 - index));

/** Lines at one side are spread in order. */
const spread = (node: Node, index: number, count: number): number => node.y + (node.height * (index + 1)) / (count + 1);
