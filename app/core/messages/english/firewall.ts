export const firewallMessages = {
  'firewall.dockerHost':
    'This is the firewall of the host. Packets for a port published by Docker bypass it; docker-user.sh controls those. The rules for PostgreSQL here apply to packets for a process of the host itself, such as the Docker proxy.',

  'firewall.machine.server': 'the database server',
  'firewall.machine.replica': 'the replica {name}',
  'firewall.machine.gateway': 'the VPN gateway',
  'firewall.machine.bastion': 'the bastion',
  'firewall.machine.peer': 'the VPN peer {name}',
  'firewall.port': 'the port of {service}',
  'firewall.service.postgresql': 'PostgreSQL',
  'firewall.service.pgbouncer': 'PgBouncer',
  'firewall.service.haproxy': 'HAProxy',
  'firewall.service.ipsec': 'IPsec',
  'firewall.service.wireguard': 'the tunnel',
  'firewall.service.ssh': 'SSH',
  'firewall.nobody': 'No client of the plan connects to this port.',
  'firewall.onePort': 'PostgreSQL and TLS share one port, so no other port is opened for TLS.',

  'ufw.title': 'The firewall of {machine}: keeps SSH open and allows only the clients of the plan to reach {port}.',
  'ufw.intro':
    'Run it as root. Safe to re-run after the plan changes. While it runs, new connections may be rejected for some seconds; open ones continue.',
  'ufw.checks':
    'Before anything changes, the current state is saved for the undo script. Once ufw is enabled, it rejects new connections to every port without a rule, so check the list of listening ports and add rules for those that must stay reachable.',
  'ufw.session': 'The SSH session that runs this stays allowed, from its own address, so that you are not locked out.',
  'ufw.staleSsh':
    'SSH rules of an earlier run that are no longer in the plan. The new rules above are already in place.',
  'ufw.sshAsBefore':
    'The plan does not say from which networks this machine is administered. If ufw was disabled, SSH stays open to everyone; if it was enabled, its rules for SSH are kept.',
  'ufw.forwardAsBefore':
    'Once enabled, ufw would reject forwarded packets by default. If it was disabled, the other rules of this machine keep controlling what it forwards.',
  'ufw.wider': 'Other rules that name {port}, shown so that you can delete them.',
  'ufw.deny':
    'Earlier rules of this script are deleted, and the rule that rejects everyone is inserted first; the rules of the clients below are then inserted before it. In ufw the first matching rule decides.',
  'ufw.enable': 'Enable ufw, now and at every boot.',
  'ufw.commands': 'ufw commands for {machine}: keep SSH open, and allow only the plan’s clients to reach {port}.',
  'ufw.denyFirst':
    'Reject everyone else. In ufw the first matching rule decides, so the rules below go before this one.',
  'ufw.enableLast':
    'Enable ufw, now and at every boot. It rejects new connections to every port without a rule: add rules for other services first.',
  'ufw.expected':
    'The output contains the lines below. Rules that existed before are listed too. Lines with (v6) or IPv6 addresses are missing if /etc/default/ufw has IPV6=no.',
  'ufw.undoTitle':
    'Removes the rules that ufw.sh added, and disables ufw if it was disabled before and has no other rules.',
  'ufw.undoIntro':
    'Run it as root. Afterwards the port is as reachable as before: first check the addresses on which its program listens.',
  'ufw.undoSsh':
    'If ufw was disabled before and no other rules were added since, it is disabled first and the SSH rules are removed. Otherwise ufw and the SSH rules are kept.',
  'ufw.undoRules': 'The rules for the ports of the plan, identified by their comments.',
  'ufw.undoForward': 'Restores the previous forwarding policy.',
  'ufw.undoBefore':
    'Rules that existed before the first run and were replaced are restored, at the end of the list. Then the current rules are shown.',

  'firewall.rateLimit':
    'At most {rate} new connections per minute from one address where the port is reachable from the internet; for IPv6, each /64 counts as one address.',
  'firewall.sources': 'The plan allows these networks instead of those of the clients.',

  'nftables.fileTitle': 'Rules for {port} on {machine}, in a separate table for both address families.',
  'nftables.others':
    'A packet must be accepted by every table: packets that another table drops stay dropped. SSH is not affected here.',
  'nftables.title': 'Loads the rules for {port} on {machine}.',
  'nftables.intro':
    'Run it as root. Safe to re-run after the plan changes. It requires nftables 0.9.3 or later. The rules take effect in one step, and other tables are not changed.',
  'nftables.load': 'The file is checked first; a file with an error changes nothing.',
  'nftables.loopback':
    'This table does not affect other ports. Connections from the machine itself are accepted: local tools, and administrators through an SSH forward.',
  'nftables.drop': 'Everyone else, at this port only.',
  'nftables.unitTitle': 'Loads the rules at every boot, before the network is up.',
  'nftables.unitOrder':
    'The packaged nftables.service flushes all tables when it starts or reloads, so this unit starts after it and restarts with it.',
  'nftables.undoTitle': 'Removes what nftables.sh installed.',
  'nftables.undo':
    'Deletes the table with everything in it. Afterwards the port is as reachable as before: first check the addresses on which its program listens.',

  'firewalld.fileTitle': 'A firewalld policy for {port} on {machine}.',
  'firewalld.policy':
    'It is evaluated before every zone, decides about this port, and accepts SSH from the networks of the plan. Zones are not changed, but rules in a zone that open this port no longer have an effect. It requires firewalld 0.9 or later. RHEL 8.4 has an older version.',
  'firewalld.tooOld':
    'This firewalld has no policies, which were added in version 0.9, so it would ignore the rules of the plan. Update it, or choose nftables in the plan.',
  'firewalld.drop': 'Everyone else, at this port only.',
  'firewalld.title': 'Installs the policy for {port} on {machine}.',
  'firewalld.intro': 'Run it as root. Safe to re-run after the plan changes. Open connections continue.',
  'firewalld.load': 'The configuration is checked before it is loaded. An error changes nothing.',
  'firewalld.commands':
    'firewall-cmd commands for {machine}: keep SSH open, and allow only the plan’s clients to reach {port}.',
  'firewalld.new':
    'A new policy; one of an earlier plan is removed first. It is evaluated before every zone. The running rules don’t change until the last command.',
  'firewalld.loadLast':
    'Load the saved configuration. Rules that exist only until the next reload are lost: save them first with firewall-cmd --runtime-to-permanent.',
  'firewalld.expected': 'The output contains the lines below, in order of priority.',
  'firewalld.undoTitle': 'Removes what firewalld.sh installed.',
  'firewalld.undo':
    'Removes the policy. Afterwards the zones decide who can reach the port: first check the addresses on which its program listens.',

  'rate.fileTitle':
    'Limits new connections from each client where the port is reachable from the internet, before other firewall rules.',
  'rate.others':
    'It opens nothing: connections below the limit continue to the other rules of this machine. Addresses that are not of clients are not counted.',
  'rate.title': 'Loads the limit for new connections.',
  'rate.intro': 'Run it as root. Safe to re-run after the plan changes. It requires nftables 0.9.3 or later.',
  'rate.undoTitle': 'Removes the limit for new connections; the firewall is not changed.',

  'iptables.title': 'Rules for {port} on {machine}, in a separate chain.',
  'iptables.intro':
    'Run it as root. Safe to re-run after the plan changes. It changes no default policy and no other port.',
  'iptables.firewalld': 'Another firewall on this machine can still reject what is allowed here.',
  'iptables.loopback': 'The machine itself: local tools, and administrators through an SSH forward.',
  'iptables.drop':
    'Everyone else, at this port only; for an address family without clients this is the only rule for the port.',
  'iptables.jump': 'Incoming packets go through the chain first. An existing jump is kept where it is.',
  'iptables.undoTitle': 'Removes what iptables.sh installed.',
  'iptables.undo':
    'Removes the jump, then the chain. Afterwards the port is as reachable as before: first check the addresses on which its program listens.',
  'iptables.unitTitle': 'Restores the rules at every boot, before the network is up.',
  'iptables.persist':
    'Install iptables.sh as /usr/local/sbin/postern-iptables, then: systemctl enable postern-iptables. Alternatives: iptables-persistent on Debian (netfilter-persistent save), iptables-services on RHEL (service iptables save, service ip6tables save).',
  'iptables.unitOrder':
    'After services that load their own rules, because they may flush the tables; before any interface is up, so that the port is never open without rules.',

  'windows.title': 'Rules of Windows Defender Firewall for {port} on {machine}, in a separate group.',
  'windows.intro':
    'Run it in a PowerShell that was started as administrator. Safe to re-run after the plan changes. Windows Defender Firewall blocks what no rule allows; these rules allow the clients of the plan.',
  'windows.untouched':
    'Remote Desktop, SSH and every other port have their own rules, which are not changed. Names outside ASCII are written as character codes in the rules and as question marks in comments, so that no code page can misread this file.',
  'windows.profiles':
    'Reports what would weaken these rules: a firewall that is off, one that allows inbound connections by default, or group policy settings.',
  'windows.replace':
    'The new rules are created first and the earlier ones are deleted after that, so that no client is rejected in between. If a rule cannot be created, nothing changes.',
  'windows.others':
    'Other rules that affect port {port}: those that Windows or an installer created for postgres.exe, and any for the port. They are listed and not changed.',
  'windows.undoTitle': 'Removes what windows-firewall.ps1 created.',
  'windows.undoIntro':
    'Run it in a PowerShell that was started as administrator. Afterwards only other rules decide whether the port is open.',
  'windows.undo': 'The rules of our group, each by its own name.',

  'dockerUser.title': 'Who can reach the published PostgreSQL port of the container.',
  'dockerUser.intro':
    'Run it as root on the host. Safe to re-run after the plan changes. Docker forwards packets for a published port to the container, bypassing ufw and the INPUT chain, so these rules are in DOCKER-USER, which Docker evaluates first. They apply only to new connections from other machines to the published port.',
  'dockerUser.drop': 'Everyone else is rejected at the published port.',
  'dockerUser.direct':
    "A machine in the same network segment can also send packets to the container's own address, which Docker before version 28 forwards. These rules drop new ones to any container at this port, on the bridges that Docker names itself. Containers can still reach each other, and other published ports are not affected.",
  'dockerUser.jump':
    'A jump from the chain that Docker keeps for such rules to ours. If Docker has not created its chain yet, it will use this one.',
  'dockerUser.undoTitle': 'Removes what docker-user.sh installed.',
  'dockerUser.undo':
    'Removes the jump, then the chain. Afterwards the published port is open to every machine that can reach it.',
  'dockerUser.unitTitle': 'Restores the rules before Docker starts.',
  'dockerUser.persist':
    'Install docker-user.sh as /usr/local/sbin/postern-docker-user and this file at its path, then: systemctl daemon-reload.',
  'dockerUser.unit':
    'Kernel rules are lost at a restart. This unit starts before Docker, so that no port is published without them; if they cannot be set, Docker does not start.',
} as const;
