export const bastionMessages = {
  'sshd.title': 'The bastion: the named accounts forward to the database and can do nothing else.',
  'sshd.include':
    'Read by sshd where /etc/ssh/sshd_config has the line Include /etc/ssh/sshd_config.d/*.conf, which Debian 11, Ubuntu 20.04, RHEL 9 and later ship at its top; install-sshd.sh looks for it. Of several Match blocks that name the same setting for an account, the first counts, whatever the settings outside Match say.',
  'sshd.administrators':
    'Administrators must not be among these users or groups: they need a shell on the bastion, or jump through it to the SSH port of the server (ProxyJump), and both are closed below. Nothing changes for accounts that are not named.',
  'sshd.accounts':
    'The accounts need no password and no shell, only ~/.ssh/authorized_keys: useradd --create-home --shell /usr/sbin/nologin NAME.',
  'sshd.certificateAccounts':
    'The accounts need no password, no shell and no authorized_keys, which is not read for them: useradd --shell /usr/sbin/nologin NAME.',
  'sshd.users': 'For these accounts:',
  'sshd.groups': 'And for every account in these groups:',
  'sshd.permitOpen':
    'Only to these hosts, at the port of PostgreSQL. sshd compares the text that the client asks for, so every spelling is listed.',
  'sshd.noOther': 'No forward in the other direction, no sockets, no agent, no X11, no tunnel device.',
  'sshd.noShell':
    'No session at all: no shell, no command, no file transfer. The client connects with ssh -N or SessionType none.',
  'sshd.keys': 'Keys only.',
  'sshd.end': 'Ends the block above, so that what another file adds holds for everyone again.',
  'sshd.certificates':
    'Only certificates of the authority let these accounts in, and each names its account. sshd checks when they end, and whether their key is revoked; without the two files nobody of these gets in. Nobody else is asked for one.',
  'sshd.installTitle': 'Has sshd try the drop-in, puts it in place and reloads.',
  'sshd.installIntro':
    'Run it as root on the bastion, again after each change. A mistake in any file would keep sshd from starting again, so sshd reads a copy of its whole configuration first. Sessions that are open stay open.',
  'sshd.installAuthority':
    'Before it, put postern_user_ca.pub and postern_revoked_keys of ssh-authority.sh beside it. After a revocation copy the new postern_revoked_keys here and run it again.',
  'sshd.installKeys':
    'What the authority has to say. A list that cannot be read would lock everyone of these accounts out.',
  'sshd.installTest': 'The drop-in among a copy of the other files, before anything changes.',
  'sshd.installPlace': 'Each file is changed in one step, and all of them come back if sshd says no.',
  'sshd.undoTitle': 'Takes the drop-in back: accounts are again as the other files of sshd have them.',
  'sshd.undoKeys': 'Last, because sshd refuses the keys of those accounts while a list it asks is missing.',

  'hostKeys.title': 'Prints the host keys of the bastion and their fingerprints.',
  'hostKeys.intro':
    'Run it as root, at the console of the bastion or where you are sure to be talking to it. The first lines go into the plan, where they are pinned on every machine; the fingerprints are for people who must compare at their first connection.',
  'hostKeys.print': 'The keys that sshd uses, not all that lie there.',
  'hostKeys.compare': 'The keys of the plan, which clients hold to.',

  'knownHosts.title': 'The host keys of the bastion: whoever shows another is not the bastion.',
  'knownHosts.intro':
    'Save it as ~/.ssh/postern_known_hosts. To compare: ssh-keygen -lf ~/.ssh/postern_known_hosts here and sudo bash host-keys.sh on the bastion print the same fingerprints.',
  'knownHosts.keys':
    'The name is not one of the network: ssh_config asks for it, whichever address the bastion is reached at. Before the bastion gets a new key, add it to the plan and hand this file out again.',

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
    'The plan pins no host key. At the first connection ssh shows a fingerprint and asks: do not answer yes, but paste the fingerprint that your administrator read at the bastion (host-keys.sh) and sent you another way; ssh goes on only if it is the same. If it changes later, ssh refuses.',
  'sshConfig.pinned':
    'Only the keys in that file are the bastion; ssh asks nothing and learns nothing. Another key ends the connection.',
  'sshConfig.certificate':
    'The bastion asks for a certificate: send the public half of your key (ssh-keygen -t ed25519 makes one) to your administrator, and put the answer beside the private key, as id_ed25519-cert.pub beside id_ed25519; ssh finds it there. ssh-keygen -Lf tells when it ends.',

  'adminSsh.title': 'SSH to the database server through the bastion, for administrators.',
  'adminSsh.intro':
    'Add it to ~/.ssh/config, then: ssh {alias}. Write User lines where your account differs from the one on this machine.',
  'adminSsh.bastion': 'Your own account on the bastion, not one of those that only forward to the database.',
  'adminSsh.jump': 'The bastion passes the encrypted bytes on; your key and your agent stay on this machine.',

  'tunnel.configTitle': 'What the tunnel service tells ssh.',
  'tunnel.configIntro':
    'install-tunnel.sh puts it at /etc/postern-tunnel/ssh_config with the account on the bastion as its last line.',
  'tunnel.key': 'The key of this machine and no other; what would be asked is an error.',
  'tunnel.unitTitle': 'Keeps the way to the database open as a service of systemd.',
  'tunnel.unitIntro':
    'install-tunnel.sh puts it at /etc/systemd/system. Every program of this machine finds the database on port {port} of 127.0.0.1; who may log in is the business of PostgreSQL.',
  'tunnel.network': 'Once the network is up, and again without end: the bastion may be away for a while.',
  'tunnel.restart':
    'ssh ends when the bastion stops answering or the port is taken, and is started again. Half a minute between tries keeps a bastion that bans hosts from banning this one.',
  'tunnel.hardening':
    'It needs its own files, the network and nothing else; systemd-analyze security shows what is left.',
  'tunnel.boot': 'At every start of the machine.',
  'tunnel.installTitle': 'Makes the account and the key of the tunnel service, and starts it.',
  'tunnel.installIntro':
    'Run it as root with the name of the account on the bastion: sudo bash install-tunnel.sh ACCOUNT. postern_known_hosts stays in the folder above.',
  'tunnel.installIntroAccount': 'Run it as root. postern_known_hosts stays in the folder above.',
  'tunnel.installKey':
    'The first run prints the key of this machine, which the bastion must know before the second starts the service.',
  'tunnel.installCertificate':
    'The first run prints the key of this machine. Have it signed, put the answer beside this script as key-cert.pub, and run it again; the same with each new certificate, before the old one ends.',
  'tunnel.account':
    'An account that can do nothing else. It may read the key and not change it; the key has no passphrase, because nobody is there to type it.',
  'tunnel.certificate': 'The certificate must be for this key.',
  'tunnel.admit': 'A key that the bastion does not know would only be refused.',
  'tunnel.place': 'ssh reads the file before the service gets it.',
  'tunnel.undoTitle': 'Stops the tunnel service and takes away its files, its key and its account.',

  'authority.title': 'The SSH authority: signs the keys of those who may come through the bastion.',
  'authority.intro':
    'Run it on your own machine. make asks for a passphrase for the key of the authority: give one, for whoever has that key lets in whom he wants. sign KEY.pub ACCOUNT gives a certificate for {days} days, or as many as you say behind it. renew gives the same key a new one; revoke ends every certificate of a key at once. To undo: delete the folder ssh-authority, which ends renewals.',
  'authority.folder': 'Everything stands in a folder beside this script. Keep a copy of it in a safe place.',
  'authority.sign':
    'The certificate names one account. It allows forwards and nothing else: no terminal, no agent, no X11, no file that runs at login.',
  'authority.commands': 'Revoking names the key and not the certificate, so that no older or newer one is forgotten.',

  'ssh.keyData':
    '{value} is not a whole key: what stands behind the type does not fit it. Copy the line again, as host-keys.sh or ssh-keyscan prints it.',
  'ssh.servicePinned':
    'A service cannot be asked whether it talks to the right machine. Pin the host keys of the bastion first: sudo bash bastion/host-keys.sh prints them.',
  'ssh.nobody': 'Nobody is named who may forward. Name a user or a group of the bastion first.',

  'finding.ssh-host-keys': 'No host key of the bastion is pinned.',
  'finding.ssh-host-keys.why':
    'At the first connection ssh asks each person whether the fingerprint is right, and who answers yes without comparing may be talking to somebody in between.',
  'finding.ssh-host-keys.fix':
    'Run host-keys.sh on the bastion and paste its first lines as host keys of the bastion. Until then, send the fingerprints to each person another way; pasted at the question, ssh compares them itself.',
  'finding.ssh-certificates': 'Users of the bastion log in with certificates that end.',
  'finding.ssh-certificates.why':
    'A certificate is not renewed by itself: on the day after its last, its owner and each tunnel service with one are refused.',
  'finding.ssh-certificates.fix':
    'ssh-authority.sh list shows when each ends; renew SERIAL makes the next. Put it in your calendar.',
} as const;
