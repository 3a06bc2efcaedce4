export const bastionMessages = {
  'sshd.title': 'The bastion: the named accounts forward to the database and can do nothing else.',
  'sshd.include':
    'Read by sshd where /etc/ssh/sshd_config has the line Include /etc/ssh/sshd_config.d/*.conf, which Debian 11, Ubuntu 20.04, RHEL 9 and later ship at its top; check-sshd.sh looks for it. Of several Match blocks that name the same setting for an account, the first counts, whatever the settings outside Match say.',
  'sshd.administrators':
    'Administrators must not be among these users or groups: they need a shell on the bastion, or jump through it to the SSH port of the server (ProxyJump), and both are closed below. Nothing changes for accounts that are not named.',
  'sshd.accounts':
    'The accounts need no password and no shell, only ~/.ssh/authorized_keys: useradd --create-home --shell /usr/sbin/nologin NAME. To undo: remove this file, sshd -t, systemctl reload ssh.',
  'sshd.users': 'For these accounts:',
  'sshd.groups': 'And for every account in these groups:',
  'sshd.permitOpen':
    'Only to these hosts, at the port of PostgreSQL. sshd compares the text that the client asks for, so every spelling is listed.',
  'sshd.noOther': 'No forward in the other direction, no sockets, no agent, no X11, no tunnel device.',
  'sshd.noShell':
    'No session at all: no shell, no command, no file transfer. The client connects with ssh -N or SessionType none.',
  'sshd.keys': 'Keys only.',
  'sshd.end': 'Ends the block above, so that what another file adds holds for everyone again.',
  'sshd.checkTitle': 'Checks the configuration of sshd and reloads it only if it is right.',
  'sshd.checkIntro': 'Run it as root on the bastion, after the file is at its place.',
  'sshd.checkWhy':
    'A mistake in any file would keep sshd from starting again, so it is tested first. Sessions that are open stay open.',

  'sshConfig.title': 'Opens the way to the database through the bastion.',
  'sshConfig.intro':
    'Add it to ~/.ssh/config. Then, in a window of its own: ssh {alias} (before OpenSSH 8.7: ssh -N {alias}). While it runs, the database answers on port {port} of this machine; Ctrl+C closes the way.',
  'sshConfig.bastion': 'The bastion.',
  'sshConfig.user': 'Your account there. Take the # away and write it, if it differs from the one on this machine.',
  'sshConfig.forward':
    'Port {port} of this machine, for programs on it only, leads to the database. TLS goes all the way through, so the bastion sees no password and no data.',
  'sshConfig.also': 'And to {host}.',
  'sshConfig.failure':
    'If the port is taken, ssh says so and ends instead of leaving no way; a dead connection is noticed within two minutes.',
  'sshConfig.session': 'The bastion gives no shell, so none is asked for, and nothing of this machine is lent to it.',
  'sshConfig.hostKey':
    'At the first connection ssh shows the fingerprint of the bastion: compare it with the one that your administrator gives you. If it changes later, ssh refuses.',

  'adminSsh.title': 'SSH to the database server through the bastion, for administrators.',
  'adminSsh.intro':
    'Add it to ~/.ssh/config, then: ssh {alias}. Write User lines where your account differs from the one on this machine.',
  'adminSsh.bastion': 'Your own account on the bastion, not one of those that only forward to the database.',
  'adminSsh.jump': 'The bastion passes the encrypted bytes on; your key and your agent stay on this machine.',
} as const;
