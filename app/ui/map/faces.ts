import { CircleHelp, DoorOpen, Eye, IdCard, KeyRound, type LucideIcon, Minus } from 'lucide-react';
import type { MapCell, MapWay } from '../../core/index.ts';

/** How a cell looks: by the weakest proof with which anybody gets in there. */
export const FACES = ['trust', 'readable', 'password', 'identity', 'unknown', 'refused'] as const;
export type Face = (typeof FACES)[number];

interface Look {
  readonly Icon: LucideIcon;
  readonly tone: string;
  /** A pattern beside the colour, so that neither is needed alone. */
  readonly pattern: string;
}

const stripes = (angle: number, colour: string, gap: number) =>
  `repeating-linear-gradient(${angle}deg, color-mix(in srgb, var(--color-${colour}) 20%, transparent) 0 2px, transparent 2px ${gap}px)`;

export const looks: Readonly<Record<Face, Look>> = {
  trust: { Icon: DoorOpen, tone: 'text-deny', pattern: `${stripes(45, 'deny', 8)}, ${stripes(-45, 'deny', 8)}` },
  readable: { Icon: Eye, tone: 'text-caution', pattern: stripes(45, 'caution', 7) },
  password: { Icon: KeyRound, tone: 'text-accent', pattern: stripes(0, 'accent', 8) },
  identity: {
    Icon: IdCard,
    tone: 'text-allow',
    pattern:
      'radial-gradient(color-mix(in srgb, var(--color-allow) 30%, transparent) 1.5px, transparent 2px) 0 0 / 9px 9px',
  },
  unknown: { Icon: CircleHelp, tone: 'text-ink', pattern: stripes(90, 'muted', 9) },
  refused: { Icon: Minus, tone: 'text-muted', pattern: 'none' },
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

/** The ways in, weakest first, and the face of the first. */
export function faceOf({ ways }: MapCell): { readonly face: Face; readonly waysIn: readonly MapWay[] } {
  const rank = ({ method }: MapWay) => FACES.indexOf(faceOfMethod(method));
  const into = ways.filter((way) => faceOfMethod(way.method) !== 'refused');
  const waysIn = into.filter(({ certain }) => certain).toSorted((a, b) => rank(a) - rank(b));
  const [weakest] = waysIn;
  if (weakest) return { face: faceOfMethod(weakest.method), waysIn };
  return { face: into.length > 0 ? 'unknown' : 'refused', waysIn: into };
}
