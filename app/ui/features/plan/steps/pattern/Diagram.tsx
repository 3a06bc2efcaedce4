import type { Pattern } from '../../../../../core/index.ts';
import { type MessageId, t } from '../../../../shared/messages/translate.ts';
import { Arrow, HostShape, Line, Lock, NetworkShape, Stop } from '../../picture/Shapes.tsx';

/** A pattern as a diagram. The text next to it says the same, so it is hidden from screen readers. */
export function Diagram({ pattern }: { readonly pattern: Pattern }) {
  const Drawing = drawings[pattern];
  return (
    <svg aria-hidden="true" viewBox="0 0 300 84" className="h-auto w-full max-w-[19rem]">
      <Drawing />
    </svg>
  );
}

const drawings: Readonly<Record<Pattern, () => React.JSX.Element>> = {
  direct: Direct,
  vpn: Vpn,
  private: Private,
  bastion: Bastion,
};

function Text({ x, y, id, small = false }: { x: number; y: number; id: MessageId; small?: boolean }) {
  return (
    <text x={x} y={y} textAnchor="middle" className={`fill-ink ${small ? 'text-[10px]' : 'text-[11px]'}`}>
      {t(id)}
    </text>
  );
}

const server = { x: 214, y: 24, width: 84, height: 36, strong: true };

function Server() {
  return (
    <>
      <HostShape {...server} />
      <Text x={259} y={46} id="diagram.server" />
    </>
  );
}

function Stranger({ to }: { readonly to: number }) {
  return (
    <>
      <NetworkShape x={4} y={56} width={74} height={24} look="anyone" />
      <Text x={41} y={71.5} id="diagram.others" small />
      <Line d={`M80 68H${to - 12}`} kind="refused" />
      <Stop x={to} y={68} />
    </>
  );
}

function Direct() {
  return (
    <>
      <NetworkShape x={4} y={8} width={74} height={28} />
      <Text x={41} y={26} id="diagram.office" />
      <Line d="M80 22C150 22 150 40 208 40" kind="encrypted" />
      <Arrow x={211} y={40} kind="encrypted" />
      <Lock x={144} y={12} />
      <Stranger to={200} />
      <Server />
    </>
  );
}

function Vpn() {
  return (
    <>
      <NetworkShape x={4} y={8} width={74} height={28} />
      <Text x={41} y={26} id="diagram.team" />
      <path d="M80 14H132M80 30H132" className="stroke-accent" strokeWidth="1.5" />
      <Line d="M80 22H130" kind="encrypted" />
      <HostShape x={134} y={6} width={52} height={32} />
      <Text x={163} y={26} id="diagram.gateway" small />
      <Line d="M188 22C205 22 205 42 208 42" kind="encrypted" />
      <Arrow x={211} y={42} kind="encrypted" />
      <Lock x={102} y={36} />
      <Stranger to={160} />
      <Server />
    </>
  );
}

function Private() {
  return (
    <>
      <rect
        x="92"
        y="3"
        width="206"
        height="62"
        rx="6"
        className="fill-transparent stroke-accent"
        strokeDasharray="4 3"
      />
      <NetworkShape x={100} y={26} width={66} height={32} />
      <Text x={133} y={46} id="diagram.web" />
      <Line d="M168 42H208" kind="encrypted" />
      <Arrow x={211} y={42} kind="encrypted" />
      <Lock x={184} y={24} />
      <Text x={193} y={15} id="diagram.subnet" small />
      <Stranger to={98} />
      <Server />
    </>
  );
}

function Bastion() {
  return (
    <>
      <NetworkShape x={4} y={8} width={74} height={28} />
      <Text x={41} y={26} id="diagram.staff" />
      <Line d="M80 22H128" kind="encrypted" />
      <Arrow x={131} y={22} kind="encrypted" />
      <Text x={104} y={16} id="diagram.ssh" small />
      <HostShape x={134} y={4} width={56} height={36} />
      <Text x={165} y={26} id="diagram.bastion" small />
      <Line d="M192 22C208 22 206 42 208 42" kind="encrypted" />
      <Arrow x={211} y={42} kind="encrypted" />
      <Lock x={202} y={12} />
      <Stranger to={162} />
      <Server />
    </>
  );
}
