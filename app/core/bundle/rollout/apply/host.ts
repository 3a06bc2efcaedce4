import type { AccessModel } from '../../../model/model.ts';
import { MAIN_CLUSTER } from '../../../postgres/cluster.ts';
import type { FileOutline, Machine } from '../../file.ts';

/** A machine that gets an `apply.sh`: its folder of the bundle, and the files in it that the script installs. */
export interface Host {
  readonly machine: Machine;
  readonly folder: string;
  /** The script's name for the machine in paths and units; servers that share a machine have different names. */
  readonly name: string;
  readonly all: readonly FileOutline[];
  /** Files read by PostgreSQL, so they change as one set. */
  readonly postgres: readonly FileOutline[];
  /** Files read by other programs, or scripts that change what those read. */
  readonly plain: readonly FileOutline[];
  /** The file for Docker Compose, if the server runs in a container. */
  readonly override?: FileOutline;
}

/** Machines with files to install. macOS and Windows use the written steps of the README. */
export function hosts(model: AccessModel, drafts: readonly FileOutline[]): Host[] {
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

function host(model: AccessModel, machine: Machine, folder: string, drafts: readonly FileOutline[]): Host {
  const all = drafts.filter((draft) => draft.machine === machine && draft.path.startsWith(`${folder}/`));
  const server = machine === 'database-server' || machine === 'replicas';
  const postgres = all.filter(isOwnSet);
  const plain = all.filter(
    (draft) => !postgres.includes(draft) && (draft.target !== undefined || draft.window !== undefined),
  );
  const override = all.find((draft) => draft.server === 'compose');
  const { cluster } = model.plan.server;
  const name = [...folder.split('/'), ...(server && cluster !== MAIN_CLUSTER ? [cluster] : [])].join('-');
  return { machine, folder, name, all, postgres, plain, ...(override && { override }) };
}

/** Whether PostgreSQL reads the file, so that it changes together with the other files that PostgreSQL reads. */
export const isOwnSet = ({ server }: FileOutline): boolean =>
  server === 'settings' || server === 'records' || server === 'map' || server === 'hosts';

/** A file's name next to the script. */
export const beside = ({ folder }: Host, { path }: FileOutline): string => path.slice(folder.length + 1);

/**
 * The installation path of a file. A script without a target leaves a copy, so that the second run knows that it has
 * run.
 */
export const placeOf = (of: Host, draft: FileOutline): string =>
  draft.target ?? `/var/lib/postern/${of.name}/ran/${beside(of, draft)}`;
