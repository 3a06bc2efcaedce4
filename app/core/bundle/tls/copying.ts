import type { AccessModel } from '../../model/model.ts';
import { parseAddress } from '../../net/prefix.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';

/**
 * Copies files and folders to a machine with scp, next to its own folder of the bundle in the home directory there.
 * Undefined if the plan names no host for the machine, or the machine has no SSH server unless one was added, as
 * Windows.
 */
export function copying(model: AccessModel, folder: string, sources: readonly string[]): Sh[] | undefined {
  const host = hostOf(model, folder);
  if (host === undefined || (folder !== 'bastion' && model.platform.platform === 'windows')) return undefined;
  const above = folder.includes('/') ? `${folder.slice(0, folder.lastIndexOf('/'))}/` : '';
  const to = `${parseAddress(host)?.family === 6 ? `[${host}]` : host}:${above}`;
  const { port, jump } = way(model, folder);
  return [
    ...(above === ''
      ? []
      : [sh`ssh${port === 22 ? sh`` : sh` -p ${port}`}${jump} ${shWord(host)} mkdir -p ${shWord(above)}`]),
    sh`scp -rp${port === 22 ? sh`` : sh` -P ${port}`}${jump} ${join(sources.map(shWord), ' ')} ${shWord(to)}`,
  ];
}

/** The name of the machine, else an address at which it is reachable. */
function hostOf({ plan, replicas }: AccessModel, folder: string): string | undefined {
  const { server, network } = plan;
  if (folder === 'bastion') return network.pattern === 'bastion' ? network.name : undefined;
  const replica = replicas.find(({ slug }) => folder === `replicas/${slug}`);
  if (replica) return replica.name;
  if (folder !== 'database-server') return undefined;
  const { public: published, private: inside, vpn } = server.addresses;
  return server.name ?? [...published, ...inside, ...vpn][0];
}

/** The SSH port, and the bastion for a machine behind it (ssh(1), -J). */
function way({ plan }: AccessModel, folder: string): { readonly port: number; readonly jump: Sh } {
  const { network, administration } = plan;
  const bastion = network.pattern === 'bastion' && folder === 'bastion';
  return {
    port: bastion ? network.port : administration.sshPort,
    jump:
      network.pattern === 'bastion' && !bastion
        ? sh` -J ${shWord(`${parseAddress(network.name)?.family === 6 ? `[${network.name}]` : network.name}:${network.port}`)}`
        : sh``,
  };
}
