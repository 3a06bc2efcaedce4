import type { AccessModel } from '../../../access/model.ts';
import { pathIn } from '../../../postgres/platform.ts';
import type { FileDraft, Machine } from '../../file.ts';

/** A machine that gets an `apply.sh`: its folder of the bundle, and the files in it that the script puts in place. */
export interface Host {
  readonly machine: Machine;
  readonly folder: string;
  /** What the script calls the machine in paths and units. */
  readonly name: string;
  readonly all: readonly FileDraft[];
  /** Read by PostgreSQL, so they change as one set. */
  readonly postgres: readonly FileDraft[];
  /** Read by other programs, or scripts that change what those read. */
  readonly plain: readonly FileDraft[];
  /** The server runs in a container, with this file for Docker Compose. */
  readonly override?: FileDraft;
}

/** Machines with files to put in place. macOS and Windows keep the written steps of the README. */
export function hosts(model: AccessModel, drafts: readonly FileDraft[]): Host[] {
  return [
    host(model, 'vpn-gateway', 'vpn-gateway', drafts),
    ...(isLinux(model) || inContainer(model) ? [host(model, 'database-server', 'database-server', drafts)] : []),
    ...(isLinux(model) ? model.replicas.map(({ slug }) => host(model, 'replicas', `replicas/${slug}`, drafts)) : []),
    host(model, 'bastion', 'bastion', drafts),
  ].filter(({ postgres, plain }) => postgres.length + plain.length > 0);
}

const isLinux = ({ platform }: AccessModel): boolean =>
  platform.platform === 'debian' || platform.platform === 'rhel' || platform.platform === 'source';

export const inContainer = ({ platform }: AccessModel): boolean => platform.platform === 'docker';

function host(model: AccessModel, machine: Machine, folder: string, drafts: readonly FileDraft[]): Host {
  const all = drafts.filter((draft) => draft.machine === machine && draft.path.startsWith(`${folder}/`));
  const server = machine === 'database-server' || machine === 'replicas';
  const own = server ? settingsFiles(model) : [];
  const postgres = all.filter(({ target }) => target !== undefined && own.includes(target));
  const plain = all.filter(
    (draft) => !postgres.includes(draft) && (draft.target !== undefined || draft.window !== undefined),
  );
  const override =
    machine === 'database-server' ? all.find(({ path }) => path.endsWith('/compose.postern.yaml')) : undefined;
  return { machine, folder, name: folder.replace('/', '-'), all, postgres, plain, ...(override && { override }) };
}

/** What may change together, in the order postgresql.conf, drop-in, records, map. */
export const settingsFiles = ({ platform }: AccessModel): string[] =>
  [['postgresql.conf'], ['conf.d', 'postern.conf'], ['pg_hba.conf'], ['pg_ident.conf']].map((names) =>
    pathIn(platform, platform.configDirectory, ...names),
  );

/** A file's name beside the script. */
export const beside = ({ folder }: Host, { path }: FileDraft): string => path.slice(folder.length + 1);

/** Where a file goes. A script without a place leaves a copy, so that the second run knows that it has run. */
export const placeOf = (of: Host, draft: FileDraft): string =>
  draft.target ?? `/var/lib/postern/${of.name}/ran/${beside(of, draft)}`;
