import type { BundleFile } from '../../../../core/index.ts';
import type { Made } from '../../../shared/answers/store.ts';
import type { Group } from '../../../shared/navigation/steps.ts';

export const TABS = ['settings', 'rules', 'firewall', 'commands', 'test', 'all'] as const;
export type Tab = (typeof TABS)[number];

/**
 * The files that a tab shows, the one that most people want first. `commands` shows steps, and `all` is the list of the
 * whole bundle, so they show none.
 */
export function filesOf(tab: Tab, { bundle, commands }: Pick<Made, 'bundle' | 'commands'>): readonly BundleFile[] {
  const { files } = bundle;
  const onServer = ({ machine }: BundleFile) => machine === 'database-server';
  switch (tab) {
    case 'settings':
      return files.filter((file) => onServer(file) && file.language === 'conf');
    case 'rules':
      return files.filter((file) => onServer(file) && file.language === 'hba');
    case 'firewall':
      // Commands come before the script that they are taken from. What undoes a change is in the list of all files.
      return [
        ...commands,
        ...files.filter(({ path }) => /(?:^|\/)(?:firewall|cloud)\//.test(path) && !/-undo\.\w+$/.test(path)),
      ];
    case 'test':
      return files.filter(({ path }) => /^clients\/(?:connection-strings\.md|verify\.\w+)$/.test(path));
    case 'commands':
    case 'all':
      return [];
  }
}

const tabs: Readonly<Partial<Record<Group, Tab>>> = {
  machine: 'settings',
  addresses: 'settings',
  public: 'firewall',
  clients: 'rules',
  administrators: 'firewall',
  services: 'rules',
  tls: 'settings',
  logins: 'settings',
  firewall: 'firewall',
  cloud: 'firewall',
  logging: 'settings',
  rollout: 'commands',
  check: 'test',
  take: 'all',
};

/** What the answers of a screen are for, where a tab has other files too or where only the list of all files has it. */
const ownFiles: Readonly<Partial<Record<Group, RegExp>>> = {
  tunnel: /^(?:vpn-gateway\/|database-server\/wireguard\/|database-server\/)(?:postern|swanctl)\.conf$/,
  gateway: /^(?:vpn-gateway\/|database-server\/wireguard\/|database-server\/)(?:postern|swanctl)\.conf$/,
  peers: /^vpn-peers\/.+\.conf$/,
  replicas: /^replicas\/.+\/conf\.d\/postern\.conf$/,
  bastion: /^bastion\/sshd_config\.d\//,
  forwarding: /^bastion\/sshd_config\.d\//,
  proxy: /^bastion\/.*(?:pgbouncer\.ini|haproxy\.cfg)$/,
  administrators: /\/(?:firewall\/|(?:ufw|firewalld) commands$)/,
  public: /\/(?:firewall\/|(?:ufw|firewalld) commands$)/,
  firewall: /\/(?:firewall\/|(?:ufw|firewalld) commands$)/,
  cloud: /\/cloud\//,
  watching: /\/(?:jail\.conf|postern\.rules\.yaml|queries\.sql)$/,
};

/** The file among these that the answers of a screen are for. */
export function ownFile(group: Group, files: readonly BundleFile[]): BundleFile | undefined {
  const own = ownFiles[group];
  return own && files.find(({ path }) => own.test(path));
}

/** The tab that shows what the answers of a screen change; undefined where no tab shows more of it than another. */
export const tabOf = (group: Group, { bundle }: Pick<Made, 'bundle'>): Tab | undefined =>
  tabs[group] ?? (ownFile(group, bundle.files) && 'all');
