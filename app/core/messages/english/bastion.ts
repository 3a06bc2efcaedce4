export const bastionMessages = {
  'sshd.title': 'The bastion: the named accounts can forward to the database and do nothing else.',
  'sshd.include':
    'Read by sshd if /etc/ssh/sshd_config has the line Include /etc/ssh/sshd_config.d/*.conf, which Debian 11, Ubuntu 20.04, RHEL 9 and later ship at its top; install-sshd.sh checks this. If several Match blocks set the same keyword for an account, the first applies, whatever the settings outside Match say.',
  'sshd.administrators':
    'Administrators must not be among these users or groups: they need a shell on the bastion, or jump through it to the SSH port of the server (ProxyJump), and both are disabled below. Nothing changes for accounts that are not named.',
  'sshd.accounts':
    'The accounts need no password and no shell, only ~/.ssh/authorized_keys: useradd --create-home --shell /usr/sbin/nologin NAME.',
  'sshd.certificateAccounts':
    'The accounts need no password, no shell and no authorized_keys, which is not read for them: useradd --shell /usr/sbin/nologin NAME.',
  'sshd.users': 'For these accounts:',
  'sshd.groups': 'And for every account in these groups:',
  'sshd.permitOpen':
    'Only to these hosts, on the PostgreSQL port. sshd compares the text that the client requests, so every spelling is listed.',
  'sshd.noOther': 'No remote forwarding, no sockets, no agent, no X11, no tunnel device.',
  'sshd.noShell':
    'No session at all: no shell, no command, no file transfer. The client connects with ssh -N or SessionType none.',
  'sshd.keys': 'Only public key authentication.',
  'sshd.end': 'Ends the block above, so that settings in files read later apply to everyone again.',
  'sshd.certificates':
    'These accounts can log in only with certificates signed by the CA, and each certificate names its account. sshd checks when they expire, and whether their key is revoked; if either of the two files is missing, none of these accounts can log in. Other accounts need no certificate.',
  'sshd.installTitle': 'Tests the drop-in file with sshd, installs it and reloads sshd.',
  'sshd.installIntro':
    'Run it as root on the bastion, again after each change. An error in any file would keep sshd from starting again, so sshd reads a copy of its whole configuration first. Open sessions continue.',
  'sshd.installAuthority':
    'First copy postern_user_ca.pub and postern_revoked_keys of ssh-authority.sh next to it. After a revocation, copy the new postern_revoked_keys here and run it again.',
  'sshd.installKeys':
    'The files of the CA. A revocation list that sshd cannot read would lock all of these accounts out.',
  'sshd.installTest': 'Tests the drop-in file with a copy of the other files, before anything changes.',
  'sshd.installPlace': 'Each file is replaced in one step, and all of them are restored if sshd rejects the result.',
  'sshd.undoTitle': 'Removes the drop-in file: the other files of sshd control the accounts again.',
  'sshd.undoKeys': 'Last, because sshd rejects the keys of those accounts while its revocation list is missing.',

  'hostKeys.title': 'Prints the host keys of the bastion and their fingerprints.',
  'hostKeys.intro':
    'Run it as root, at the console of the bastion or over a connection that you trust. The first lines go into the plan, which pins them on every machine; the fingerprints are for people who must compare them at their first connection.',
  'hostKeys.print': 'Only the keys that sshd uses, not all key files.',
  'hostKeys.compare': 'The keys of the plan, which clients have pinned.',

  'knownHosts.title': 'The host keys of the bastion: a host with any other key is not the bastion.',
  'knownHosts.intro':
    'Save it as ~/.ssh/postern_known_hosts. To compare: ssh-keygen -lf ~/.ssh/postern_known_hosts here and sudo bash host-keys.sh on the bastion print the same fingerprints.',
  'knownHosts.keys':
    'The name is not a network name: ssh_config looks it up, whatever the address of the bastion is. Before the bastion gets a new key, add it to the plan and distribute this file again.',

  'sshConfig.title': 'Opens the connection to the database through the bastion.',
  'sshConfig.intro':
    'Add it to ~/.ssh/config. Then, in a separate window: ssh {alias} (before OpenSSH 8.7: ssh -N {alias}). While it runs, the database is reachable on port {port} of this machine; Ctrl+C closes the connection.',
  'sshConfig.bastion': 'The bastion.',
  'sshConfig.user': 'Your account there. If it differs from your account on this machine, remove the # and enter it.',
  'sshConfig.forward':
    'Port {port} of this machine, only for local programs, is forwarded to the database. TLS is end to end, so the bastion sees no passwords and no data.',
  'sshConfig.also': 'And to {host}.',
  'sshConfig.failure':
    'If the port is in use, ssh reports it and exits instead of running without the forward; a dead connection is detected within two minutes.',
  'sshConfig.session':
    'The bastion gives no shell, so none is requested, and nothing of this machine is forwarded to it.',
  'sshConfig.hostKey':
    'The plan pins no host key. At the first connection ssh shows a fingerprint and asks: do not answer yes, but paste the fingerprint that your administrator read on the bastion (host-keys.sh) and sent you over another channel; ssh continues only if it is the same. If the key changes later, ssh rejects it.',
  'sshConfig.pinned':
    'Only the keys in that file are accepted for the bastion; ssh asks nothing and stores nothing. Any other key ends the connection.',
  'sshConfig.certificate':
    'The bastion requires a certificate: send your public key (ssh-keygen -t ed25519 creates a key) to your administrator, and save the certificate that you receive next to the private key, as id_ed25519-cert.pub next to id_ed25519; ssh finds it there. ssh-keygen -Lf shows when it expires.',

  'adminSsh.title': 'SSH to the database server through the bastion, for administrators.',
  'adminSsh.intro':
    'Add it to ~/.ssh/config, then: ssh {alias}. Add User lines where your account differs from the one on this machine.',
  'adminSsh.bastion': 'Your own account on the bastion, not one of those that can only forward to the database.',
  'adminSsh.jump': 'The bastion relays the encrypted connection; your key and your agent stay on this machine.',

  'tunnel.configTitle': 'The ssh configuration of the tunnel service.',
  'tunnel.configIntro':
    'install-tunnel.sh installs it as /etc/postern-tunnel/ssh_config with the account on the bastion as its last line.',
  'tunnel.key': 'Only the key of this machine; ssh fails instead of asking a question.',
  'tunnel.unitTitle': 'Keeps the connection to the database open as a systemd service.',
  'tunnel.unitIntro':
    'install-tunnel.sh installs it in /etc/systemd/system. Every program on this machine can reach the database on port {port} of 127.0.0.1; PostgreSQL decides who can log in.',
  'tunnel.network':
    'Starts once the network is up, and restarts without limit: the bastion may be unavailable for a while.',
  'tunnel.restart':
    'ssh exits when the bastion stops responding or the port is in use, and is restarted. Half a minute between attempts keeps a bastion that bans hosts from banning this one.',
  'tunnel.hardening': 'It can access only its own files and the network; systemd-analyze security shows what is left.',
  'tunnel.boot': 'At every boot of the machine.',
  'tunnel.installTitle': 'Creates the account and the key of the tunnel service, and starts it.',
  'tunnel.installIntro':
    'Run it as root with the name of the account on the bastion: sudo bash install-tunnel.sh ACCOUNT. Keep postern_known_hosts in the parent folder.',
  'tunnel.installIntroAccount': 'Run it as root. Keep postern_known_hosts in the parent folder.',
  'tunnel.installKey':
    'The first run prints the public key of this machine. Add it on the bastion before the second run, which starts the service.',
  'tunnel.installCertificate':
    'The first run prints the public key of this machine. Have it signed, save the certificate next to this script as key-cert.pub, and run it again; do the same with each new certificate, before the old one expires.',
  'tunnel.account':
    'An account without other privileges. It can read the key but not change it; the key has no passphrase, because the service runs unattended.',
  'tunnel.certificate': 'The certificate must be for this key.',
  'tunnel.admit': 'A key that the bastion does not know would be rejected.',
  'tunnel.place': 'ssh reads the file before the service uses it.',
  'tunnel.undoTitle': 'Stops the tunnel service and removes its files, its key and its account.',

  'authority.title': 'The SSH CA: signs the keys of the people who are allowed to connect through the bastion.',
  'authority.intro':
    'Run it on your own machine. make asks for a passphrase for the key of the CA: set one, because anyone who has that key can give access to anyone. sign KEY.pub ACCOUNT issues a certificate for {days} days, or for the number of days in the next argument. renew issues a new certificate for the same key; revoke invalidates every certificate of a key at once. To undo: delete the folder ssh-authority, which ends renewals.',
  'authority.folder': 'All of its files are in a folder next to this script. Keep a copy of it in a safe place.',
  'authority.sign':
    'The certificate names one account. It allows only forwarding: no terminal, no agent, no X11, no file that runs at login.',
  'authority.commands':
    'Revocation names the key and not the certificate, so that it includes every earlier and later certificate.',

  'ssh.keyData':
    '{value} is not a complete key: the data after the type does not match the type. Copy the line again, as host-keys.sh or ssh-keyscan prints it.',
  'ssh.servicePinned':
    'A service cannot be asked to confirm a host key. Pin the host keys of the bastion first: sudo bash bastion/host-keys.sh prints them.',
  'ssh.nobody': 'The plan names nobody who is allowed to forward. Enter a user or a group of the bastion first.',

  'finding.ssh-host-keys': 'No host key of the bastion is pinned.',
  'finding.ssh-host-keys.why':
    'At the first connection ssh asks each person whether the fingerprint is right. Anyone who answers yes without comparing may be connected to an attacker.',
  'finding.ssh-host-keys.fix':
    'Run host-keys.sh on the bastion and paste its first lines as host keys of the bastion. Until then, send the fingerprints to each person over another channel; if it is pasted at the prompt, ssh compares it itself.',
  'finding.ssh-certificates': 'Users of the bastion log in with certificates that expire.',
  'finding.ssh-certificates.why':
    'Certificates are not renewed automatically: once a certificate has expired, its owner or tunnel service is rejected.',
  'finding.ssh-certificates.fix':
    'ssh-authority.sh list shows when each expires; renew SERIAL issues the next one. Put the dates in your calendar.',
} as const;
