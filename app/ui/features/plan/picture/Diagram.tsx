import type { KeyboardEvent, ReactNode } from 'react';
import type { Scene } from '../../../../worker/core.worker.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';
import type { Drawing, Edge, Node, Wall } from './layout.ts';
import { Arrow, HostShape, Line, Lock, NetworkShape, Stop } from './Shapes.tsx';

interface Props {
  readonly scene: Scene;
  readonly drawing: Drawing;
  readonly onLead: (path: string) => void;
}

/** Everything that is drawn but the title, in the coordinates of the drawing. */
export function Diagram({ scene, drawing, onLead }: Props) {
  const { nodes, edges, wall, open } = drawing;
  return (
    <>
      <WallLine wall={wall} open={open} scene={scene} onLead={onLead} />
      {edges.map((edge) => (
        <EdgeLine key={edge.id} edge={edge} onLead={onLead} />
      ))}
      {nodes
        .filter(({ kind }) => kind !== 'anyone' || open.length < 2)
        .map((node) => (
          <NodeShape key={node.id} node={node} onLead={onLead} />
        ))}
    </>
  );
}

interface ThingProps {
  readonly label: string;
  readonly path: string;
  readonly onLead: (path: string) => void;
  readonly children: ReactNode;
}

/** Any object in the diagram: it has a label and links to the answer behind it. */
function Thing({ label, path, onLead, children }: ThingProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onLead(path);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing has no button element
    <g
      role="button"
      tabIndex={0}
      aria-label={label}
      className="cursor-pointer rounded-sm"
      onClick={() => onLead(path)}
      onKeyDown={onKeyDown}
    >
      <title>{label}</title>
      {children}
    </g>
  );
}

/** Width of one character of a title. */
const CHARACTER = 8;
const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

const listed = ([first = '', ...others]: readonly string[]): string =>
  others.length > 0 ? t('picture.andMore', { first, count: others.length }) : first;

function NodeShape({ node, onLead }: { readonly node: Node; readonly onLead: ThingProps['onLead'] }) {
  const { x, y, width, height, kind, role, addresses } = node;
  const title = nodeTitle(node);
  const address = listed(addresses);
  const box = { x, y, width, height };
  const room = Math.floor((width - 14) / CHARACTER);
  const centre = x + width / 2 + (kind === 'host' ? 4 : 0);
  const seen = listed(node.seenAs ?? []);
  const below = caption(node);
  const label = t(kind === 'host' ? 'picture.host' : kind === 'world' ? 'picture.world' : 'picture.network', {
    title: role ? `${t(`picture.role.${role}`)} ${title}` : title,
    addresses: addresses.slice(0, 6).join(', '),
  });
  const more = seen === '' ? below : t('picture.seenAsLong', { addresses: seen });
  return (
    <Thing
      label={kind === 'anyone' ? title : more === '' ? label : `${label} ${more}`}
      path={node.path}
      onLead={onLead}
    >
      {kind === 'host' ? <HostShape {...box} strong={role === 'server'} /> : <NetworkShape {...box} look={kind} />}
      <text
        x={centre}
        y={y + height / 2 + (address === '' ? 4 : -3)}
        textAnchor="middle"
        className="fill-ink text-[12px] font-semibold"
      >
        {cut(title, room)}
      </text>
      {address !== '' && (
        <text
          x={centre}
          y={y + height / 2 + 12}
          textAnchor="middle"
          className={`font-mono text-[10.5px] ${kind === 'world' ? 'fill-deny font-semibold' : 'fill-muted'}`}
        >
          {cut(address, room + 4)}
        </text>
      )}
      {below !== '' && (
        <text
          x={x + width / 2}
          y={y + height + 13}
          textAnchor="middle"
          className={`text-[10.5px] ${kind === 'world' ? 'fill-deny font-semibold' : 'fill-muted'}`}
        >
          {cut(below, room + 8)}
        </text>
      )}
    </Thing>
  );
}

/**
 * The caption below an object: the address that PostgreSQL sees, the peer of a client, or where a replica's data comes
 * from.
 */
function caption({ kind, seenAs = [], peers = [], streams = false }: Node): string {
  if (kind === 'world') return t('picture.worldShort');
  if (seenAs.length > 0) return t('picture.seenAs', { addresses: listed(seenAs) });
  if (peers.length > 0) return t('picture.atPeer', { peers: listed(peers) });
  return streams ? t('picture.streams') : '';
}

function nodeTitle({ kind, title, count, path }: Node): string {
  if (kind === 'anyone') return t('picture.anyone');
  if (title !== '' || count === 1) return title;
  return t(path === 'clients' ? 'picture.moreClients' : 'picture.morePeople', { count });
}

function EdgeLine({ edge, onLead }: { readonly edge: Edge; readonly onLead: ThingProps['onLead'] }) {
  const { flow, from, to, label, end, kind } = edge;
  const encryption = t(`encryption.${flow.encryption}`);
  const how = edge.tunnelled ? t('picture.inTunnel', { encryption }) : encryption;
  const words = t('picture.flow', {
    from: nodeTitle(from),
    to: to.title,
    port: flow.port,
    protocol: flow.protocol,
    how,
    reason: sayCore(flow.reason.message),
  });
  return (
    <Thing label={words} path={flow.reason.path} onLead={onLead}>
      <path d={edge.d} fill="none" stroke="transparent" strokeWidth="14" />
      {edge.tunnelled && <path d={edge.d} fill="none" className="stroke-accent opacity-20" strokeWidth="9" />}
      <Line d={edge.d} kind={kind} />
      <Arrow {...end} kind={kind} />
      {label && kind === 'encrypted' && <Lock x={label.x} y={label.y - 10} />}
      {label && (
        <text
          x={label.x + (kind === 'encrypted' ? 13 : 0)}
          y={label.y}
          className={`text-[10.5px] ${kind === 'clear' ? 'fill-caution' : 'fill-ink'}`}
        >
          {t('picture.port', { port: flow.port, how })}
        </text>
      )}
    </Thing>
  );
}

interface WallProps {
  readonly wall: Wall;
  readonly open: Drawing['open'];
  readonly scene: Scene;
  readonly onLead: ThingProps['onLead'];
}

function WallLine({ wall, open, scene, onLead }: WallProps) {
  const { lines, at, from } = wall;
  const names = wallNames(scene, at);
  const y = from.y + from.height / 2;
  const [outer] = lines;
  if (!outer) return null;
  const path = outer.by === 'cloud' ? 'cloud.provider' : at.role === 'server' ? 'firewall.kind' : at.path;
  return (
    <>
      {lines.map(({ x, by, to }, index) => (
        <g key={by}>
          <path d={`M${x} 14V${to}`} className="stroke-edge" strokeWidth="3" strokeDasharray="9 3" />
          <text
            x={lines.length === 1 ? x : index === 0 ? x + 14 : x - 8}
            y={9}
            textAnchor={lines.length === 1 ? 'middle' : index === 0 ? 'end' : 'start'}
            className="fill-muted text-[10.5px]"
          >
            {names[by]}
          </text>
        </g>
      ))}
      {open.length < 2 && (
        <Thing label={t('picture.refused', { by: names[outer.by], host: at.title })} path={path} onLead={onLead}>
          <Line d={`M${from.x + from.width + 4} ${y}H${outer.x - 10}`} kind="refused" />
          <Stop x={outer.x} y={y} />
          <text x={from.x + from.width + 8} y={y - 5} className="fill-deny text-[10.5px]">
            {open.length === 0
              ? t('picture.refusedShort')
              : t('picture.refusedFamily', { family: open[0] === 4 ? 6 : 4 })}
          </text>
        </Thing>
      )}
    </>
  );
}

function wallNames({ plan }: Scene, at: Node): Readonly<Record<Wall['lines'][number]['by'], string>> {
  const { kind } = plan.firewall;
  const own = kind === 'none' ? 'pg_hba.conf' : kind === 'windows' ? t('picture.wall.windows') : kind;
  const proxy = plan.network.pattern === 'bastion' ? plan.network.proxy.kind : 'none';
  const bastion = proxy === 'none' ? t('picture.wall.bastion') : t(`picture.wall.${proxy}`);
  return {
    cloud: t(`cloud.${plan.cloud.provider}`),
    machine: at.role === 'server' ? own : at.role === 'gateway' ? t('picture.wall.gateway') : bastion,
  };
}
