import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import type { BastionNetwork } from '../../plan/schema.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { ssh, sshWord } from '../../quote/ssh.ts';
import { systemdText } from '../../quote/systemd.ts';
import type { Artifact, FileDraft } from '../file.ts';
import { LOCAL_FORWARD_PORT, SSH_ALIAS } from './forward.ts';
import { forwardBlocks, place } from './forward-host.ts';
import { installTunnel, undoTunnel } from './install-tunnel.ts';
import { hostKeyCheck } from './pins.ts';
import { bastionOf, sshForClients } from './targets.ts';

/** The forward as a service on a client's machine, for programs that cannot open it themselves. */
export const tunnelService: Artifact = {
  page: 'ssh-tunnel',
  render(model) {
    const bastion = bastionOf(model);
    if (!bastion?.ssh.service || !sshForClients(bastion)) return [];
    return [configuration(model, bastion), unit(bastion), installTunnel(bastion), undoTunnel];
  },
};

/** The service's own configuration: nothing from `~`, no prompts, its own key. The installer adds the account. */
function configuration(model: AccessModel, bastion: BastionNetwork): FileDraft<'ssh'> {
  return {
    path: 'clients/postern-tunnel/ssh_config',
    phase: 'way',
    machine: 'clients',
    title: say('tunnel.configTitle'),
    intro: [say('tunnel.configIntro')],
    language: 'ssh',
    blocks: [
      {
        lines: [ssh`Host ${sshWord(SSH_ALIAS)}`, ...place(bastion)],
        reason: { message: say('sshConfig.bastion'), path: 'network.name' },
      },
      ...forwardBlocks(model, bastion),
      hostKeyCheck(bastion, ssh`/etc/postern-tunnel/known_hosts`),
      {
        lines: lines(ssh`
          IdentityFile /etc/postern-tunnel/key
          IdentitiesOnly yes
          IdentityAgent none
          PreferredAuthentications publickey
          BatchMode yes
          ConnectTimeout 20
        `).map((line) => ssh`    ${line}`),
        reason: { message: say('tunnel.key'), path: 'network.ssh.service' },
      },
    ],
  };
}

function unit(bastion: BastionNetwork): FileDraft<'ini'> {
  return {
    path: 'clients/postern-tunnel/postern-tunnel.service',
    phase: 'way',
    machine: 'clients',
    title: say('tunnel.unitTitle'),
    intro: [say('tunnel.unitIntro', { port: LOCAL_FORWARD_PORT })],
    language: 'ini',
    blocks: [
      {
        reason: { message: say('tunnel.network'), path: 'network.ssh.service' },
        lines: [
          ini`[Unit]`,
          ini`Description=SSH forward to PostgreSQL through ${systemdText(bastion.name)}`,
          ini`Wants=network-online.target`,
          ini`After=network-online.target`,
          ini`StartLimitIntervalSec=0`,
        ],
      },
      {
        reason: { message: say('tunnel.restart'), path: 'network.ssh.service' },
        lines: lines(ini`
          [Service]
          User=postern-tunnel
          ExecStart=/usr/bin/ssh -F /etc/postern-tunnel/ssh_config -N -T ${systemdText(SSH_ALIAS)}
          Restart=always
          RestartSec=30
        `),
      },
      {
        reason: { message: say('tunnel.hardening'), path: 'network.ssh.service' },
        lines: lines(ini`
          UMask=0077
          NoNewPrivileges=yes
          CapabilityBoundingSet=
          ProtectSystem=strict
          ProtectHome=yes
          PrivateTmp=yes
          PrivateDevices=yes
          ProtectClock=yes
          ProtectControlGroups=yes
          ProtectHostname=yes
          ProtectKernelLogs=yes
          ProtectKernelModules=yes
          ProtectKernelTunables=yes
          RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
          RestrictNamespaces=yes
          RestrictRealtime=yes
          RestrictSUIDSGID=yes
          LockPersonality=yes
          MemoryDenyWriteExecute=yes
          SystemCallArchitectures=native
        `),
      },
      {
        reason: { message: say('tunnel.boot'), path: 'network.ssh.service' },
        lines: [ini`[Install]`, ini`WantedBy=multi-user.target`],
      },
    ],
  };
}
