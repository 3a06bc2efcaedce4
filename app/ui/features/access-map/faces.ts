import { CircleHelp, DoorOpen, Eye, IdCard, KeyRound, type LucideIcon, Minus } from 'lucide-react';
import type { MapCell, MapWay } from '../../../core/index.ts';

/** The appearance of a cell, by the weakest authentication that it allows. */
export const FACES = ['trust', 'readable', 'password', 'identity', 'unknown', 'refused'] as const;
export type Face = (typeof FACES)[number];

interface Look {
  readonly Icon: LucideIcon;
  readonly tone: string;
  readonly ground: string;
  /** A pattern in addition to the color, so that a reader can do without the color. */
  readonly pattern: string;
}

const stripes = (angle: number, color: string, gap: number) =>
  `repeating-linear-gradient(${angle}deg, color-mix(in srgb, var(--color-${color}) 60%, transparent) 0 2px, transparent 2px ${gap}px)`;
const dots = 'radial-gradient(color-mix(in srgb, var(--color-allow) 70%, transparent) 1.5px, transparent 2px)';

export const looks: Readonly<Record<Face, Look>> = {
  trust: {
    Icon: DoorOpen,
    tone: 'text-deny',
    ground: 'bg-deny-tint',
    pattern: `${stripes(45, 'deny', 5)}, ${stripes(-45, 'deny', 5)}`,
  },
  readable: { Icon: Eye, tone: 'text-caution', ground: 'bg-caution-tint', pattern: stripes(45, 'caution', 6) },
  password: { Icon: KeyRound, tone: 'text-accent', ground: 'bg-tint', pattern: stripes(0, 'accent', 6) },
  identity: { Icon: IdCard, tone: 'text-allow', ground: 'bg-changed', pattern: `${dots} 0 0 / 5px 5px` },
  unknown: { Icon: CircleHelp, tone: 'text-ink', ground: 'bg-raised', pattern: stripes(90, 'muted', 5) },
  refused: { Icon: Minus, tone: 'text-muted', ground: '', pattern: 'none' },
};

function faceOfMethod(method: MapWay['method']): Face {
  switch (method) {
    case null:
    case 'reject':
      return 'refused';
    case 'trust':
      return 'trust';
    case 'password':
    case 'ldap':
    case 'radius':
    case 'pam':
    case 'bsd':
      return 'readable';
    case 'md5':
    case 'scram-sha-256':
      return 'password';
    default:
      return 'identity';
  }
}

/** The ways that allow access, weakest first, and the face of the first. */
export function faceOf({ ways }: MapCell): { readonly face: Face; readonly waysIn: readonly MapWay[] } {
  const rank = ({ method }: MapWay) => FACES.indexOf(faceOfMethod(method));
  const into = ways.filter((way) => faceOfMethod(way.method) !== 'refused');
  const waysIn = into.filter(({ certain }) => certain).toSorted((a, b) => rank(a) - rank(b));
  const [weakest] = waysIn;
  if (weakest) return { face: faceOfMethod(weakest.method), waysIn };
  return { face: into.length > 0 ? 'unknown' : 'refused', waysIn: into };
}
