import { type BundleFile, isGuide, type Machine } from './file.ts';
import { type Bundle, MACHINES } from './generate.ts';

/** All files that one machine needs. */
export interface Archive {
  /** Unique in the bundle: the machine, and its own name if there may be several: `replicas-db2-example-com`. */
  readonly name: string;
  readonly machine: Machine;
  /** The machine's own name in paths, if there may be several of its kind. */
  readonly host?: string;
  readonly files: readonly BundleFile[];
}

/** Each replica and each VPN peer has its own folder inside that of its kind. */
const SEVERAL: readonly Machine[] = ['replicas', 'vpn-peers'];

/**
 * One archive per machine, in the order of setup. The guides are in each; so are files shared by all machines of a
 * kind. Paths are those of the whole bundle, so that commands work in every archive.
 */
export function archives({ files }: Bundle): Archive[] {
  const guides = files.filter(isGuide);
  return MACHINES.flatMap((machine): Archive[] => {
    const own = files.filter((file) => file.machine === machine && !isGuide(file));
    if (own.length === 0) return [];
    const names = SEVERAL.includes(machine) ? [...new Set(own.flatMap((file) => hostOf(file) ?? []))] : [];
    if (names.length === 0) return [{ name: machine, machine, files: [...guides, ...own] }];
    return names.map((host) => ({
      name: `${machine}-${host}`,
      machine,
      host,
      files: [...guides, ...own.filter((file) => [undefined, host].includes(hostOf(file)))],
    }));
  });
}

function hostOf({ path }: BundleFile): string | undefined {
  const [, host, ...rest] = path.split('/');
  return rest.length > 0 ? host : undefined;
}
