/** The shapes of every diagram: one for a machine, one for a network, one line style for each kind of traffic. */

export type LineKind = 'encrypted' | 'clear' | 'refused';

interface At {
  readonly x: number;
  readonly y: number;
}

interface Box extends At {
  readonly width: number;
  readonly height: number;
}

/** A machine: a box with a bay along its side. */
export function HostShape({ x, y, width, height, strong = false }: Box & { readonly strong?: boolean }) {
  return (
    <g>
      <rect
        {...{ x, y, width, height }}
        rx="3"
        className={strong ? 'fill-tint stroke-accent' : 'fill-surface stroke-edge'}
        strokeWidth={strong ? 1.75 : 1.25}
      />
      <path
        d={`M${x + 6} ${y + 7}v${height - 14}`}
        className={strong ? 'stroke-accent' : 'stroke-edge'}
        strokeWidth="2"
        strokeLinecap="round"
      />
    </g>
  );
}

const networks = {
  network: { className: 'fill-raised stroke-edge', width: 1.25 },
  anyone: { className: 'fill-transparent stroke-edge', width: 1.25, dashes: '1 3' },
  world: { className: 'fill-deny-tint stroke-deny', width: 2.5 },
} as const;

/** A network: a shape with round ends. Every address there is has a heavy outline as well as another color. */
export function NetworkShape({
  x,
  y,
  width,
  height,
  look = 'network',
}: Box & { readonly look?: keyof typeof networks }) {
  const { className, width: strokeWidth, ...more } = networks[look];
  return (
    <rect
      {...{ x, y, width, height, className, strokeWidth }}
      rx={height / 2}
      strokeDasharray={'dashes' in more ? more.dashes : undefined}
      strokeLinecap="round"
    />
  );
}

const lines: Readonly<
  Record<LineKind, { readonly className: string; readonly dashes?: string; readonly width: number }>
> = {
  encrypted: { className: 'stroke-allow', width: 1.75 },
  clear: { className: 'stroke-caution', dashes: '7 4', width: 1.75 },
  refused: { className: 'stroke-deny', dashes: '1 4.5', width: 2 },
};

/** Traffic. Allowed and encrypted: solid. Allowed and unencrypted: dashed. Blocked: dotted. */
export function Line({ d, kind }: { readonly d: string; readonly kind: LineKind }) {
  const { className, dashes, width } = lines[kind];
  return (
    <path d={d} fill="none" className={className} strokeWidth={width} strokeDasharray={dashes} strokeLinecap="round" />
  );
}

/** The end of a line: an arrow head pointing right. */
export function Arrow({ x, y, kind }: At & { readonly kind: LineKind }) {
  return (
    <path
      d={`M${x - 7} ${y - 4}l7 4l-7 4`}
      fill="none"
      className={lines[kind].className}
      strokeWidth="1.75"
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  );
}

export function Lock({ x, y }: At) {
  return (
    <g className="stroke-allow" strokeWidth="1.4" fill="none">
      <path d={`M${x + 2} ${y + 5}v-2a2.6 2.6 0 0 1 5.2 0v2`} />
      <rect x={x + 0.6} y={y + 5} width="8" height="5.8" rx="1" className="fill-allow" />
    </g>
  );
}

/** The symbol where a line is blocked. */
export function Stop({ x, y }: At) {
  return (
    <g className="stroke-deny" strokeWidth="2" strokeLinecap="round">
      <circle cx={x} cy={y} r="8" className="fill-surface" strokeWidth="1.5" />
      <path d={`M${x - 3} ${y - 3}l6 6M${x + 3} ${y - 3}l-6 6`} />
    </g>
  );
}
