export const firewallMessages = {
  'firewall.dockerHost':
    'This is the firewall of the host. Docker sends packets for a published port past it; those are governed by docker-user.sh. The rules for PostgreSQL here hold for what reaches a process of the host itself, such as the proxy of Docker.',

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
  'firewall.nobody': 'No client of the plan comes to this port.',
  'firewall.onePort': 'PostgreSQL and TLS share one port, so nothing else is opened for TLS.',

  'ufw.title': 'The firewall of {machine}: SSH stays open, and {port} opens for those of the plan alone.',
  'ufw.intro':
    'Run it as root; it may run again after the plan changed. While it runs, new connections may be refused for some seconds; open ones go on.',
  'ufw.checks':
    'Before anything changes: what is there now is remembered for the way back. ufw refuses every port without a rule as soon as it is on, so look at the list of listening ports and add rules for what must stay reachable.',
  'ufw.session':
    'The SSH session in which this runs stays allowed, from its own address, so that nobody locks themselves out.',
  'ufw.staleSsh': 'SSH rules of an earlier run that are no longer in the plan. Those above are in place already.',
  'ufw.sshAsBefore':
    'The plan does not say from where this machine is administered. Where ufw was off, SSH stays open to everyone; where it was on, its rules for SSH stay as they are.',
  'ufw.forwardAsBefore':
    'ufw would refuse to forward as soon as it is on. Where it was off, what this machine forwards stays for its other rules to decide.',
  'ufw.wider': 'Rules of others that name {port}, shown so that you can delete them.',
  'ufw.deny':
    'Our earlier rules go, and the refusal for everyone comes first in the list; the clients below are then put before it. In ufw the first rule that matches decides.',
  'ufw.enable': 'On, and again at every start.',
  'ufw.undoTitle': 'Takes back what ufw.sh added, and switches ufw off again if it was off before.',
  'ufw.undoIntro':
    'Run it as root. Afterwards the port is reachable as it was before: look first at the addresses on which its program listens.',
  'ufw.undoSsh': 'If ufw was off before, it goes off first and the SSH rules go too. If it was on, the SSH rules stay.',
  'ufw.undoRules': 'The rules for the ports of the plan, found by their comments.',
  'ufw.undoForward': 'Forwarding is decided as it was before.',
  'ufw.undoBefore':
    'Rules from before the first run that had to make way are put back, at the end of the list. Then what there is now is shown.',

  'firewall.rateLimit':
    'At most {rate} new connections a minute from one address where the port faces the internet; an address of IPv6 stands for its /64.',
  'firewall.sources': 'These networks are let through by your own choice, in place of those of the clients.',

  'nftables.fileTitle': 'Rules for {port} on {machine}, in a table of their own for both families.',
  'nftables.others':
    'A packet has to pass every table: what another one drops stays dropped, and SSH is not touched here.',
  'nftables.title': 'Loads the rules for {port} on {machine}.',
  'nftables.intro':
    'Run it as root; it may run again after the plan changed. It needs nftables 0.9.3 or later. The rules go live in one step, and other tables stay as they are.',
  'nftables.load': 'The file is read without effect first; a file with a mistake changes nothing.',
  'nftables.loopback':
    'Other ports are not the business of this table. The machine itself stays: local tools and administrators behind an SSH forward.',
  'nftables.drop': 'Everyone else, at this port only.',
  'nftables.unitTitle': 'Loads the rules at every start, before the network is up.',
  'nftables.unitOrder':
    'The packaged nftables.service empties all tables when it starts or reloads, so this one comes after it and again with it.',
  'nftables.undoTitle': 'Takes back what nftables.sh did.',
  'nftables.undo':
    'The table goes, with everything in it. Afterwards the port is reachable as it was before: look first at the addresses on which its program listens.',

  'firewalld.fileTitle': 'A policy of firewalld for {port} on {machine}.',
  'firewalld.policy':
    'It is asked before every zone and decides about this port, and accepts SSH from those of the plan. Zones stay as they are; what one of them opens for this port counts no longer. Needs firewalld 0.9 or later (RHEL 8.4).',
  'firewalld.drop': 'Everyone else, at this port only.',
  'firewalld.title': 'Takes the policy for {port} on {machine} into use.',
  'firewalld.intro': 'Run it as root; it may run again after the plan changed. Open connections stay.',
  'firewalld.load': 'The configuration is checked before it is loaded. A mistake changes nothing.',
  'firewalld.undoTitle': 'Takes back what firewalld.sh did.',
  'firewalld.undo':
    'The policy goes. Afterwards the port is reachable as the zones say: look first at the addresses on which its program listens.',

  'rate.fileTitle':
    'Counts new connections of each client where the port faces the internet, before the firewall is asked.',
  'rate.others':
    'It opens nothing: what it lets pass goes on to the other rules of this machine. Strangers are not counted.',
  'rate.title': 'Loads the limit of new connections.',
  'rate.intro': 'Run it as root; it may run again after the plan changed. It needs nftables 0.9.3 or later.',
  'rate.undoTitle': 'Takes the limit of new connections away; the firewall stays as it is.',

  'iptables.title': 'Rules for {port} on {machine}, in a chain of their own.',
  'iptables.intro': 'Run it as root; it may run again after the plan changed. It touches no policy and no other port.',
  'iptables.firewalld': 'Another firewall on this machine can still refuse what is allowed here.',
  'iptables.loopback': 'The machine itself: local tools and administrators behind an SSH forward.',
  'iptables.drop':
    'Everyone else, at this port only; for a family without any client this is the only rule for the port.',
  'iptables.jump': 'Packets that arrive go through the chain first. A jump that is there already stays where it is.',
  'iptables.undoTitle': 'Takes back what iptables.sh did.',
  'iptables.undo':
    'The jump goes, then the chain. Afterwards the port is reachable as it was before: look first at the addresses on which its program listens.',
  'iptables.unitTitle': 'Puts the rules back at every start, before the network is up.',
  'iptables.persist':
    'Install iptables.sh as /usr/local/sbin/postern-iptables, then: systemctl enable postern-iptables. Instead of this, Debian has iptables-persistent (netfilter-persistent save) and RHEL has iptables-services (service iptables save, service ip6tables save).',
  'iptables.unitOrder':
    'After services that load rules of their own, because they may empty the tables; before any interface is up, so that there is no open moment.',

  'windows.title': 'Rules of Windows Defender Firewall for {port} on {machine}, in a group of their own.',
  'windows.intro':
    'Run it in a PowerShell that was started as administrator; it may run again after the plan changed. Windows Defender Firewall refuses what no rule allows; these rules allow the clients of the plan.',
  'windows.untouched':
    'Remote Desktop, SSH and every other port have rules of their own, which are not touched. Names outside ASCII are written as character codes in the rules and as question marks in comments, so that no code page can misread this file.',
  'windows.profiles':
    'What would make these rules mean less is said: a firewall that is off, that lets in by default, or that a group policy rules.',
  'windows.replace':
    'The new rules come first and the earlier ones go after that, so that no client is refused in between. When one cannot be made, everything stays as it was.',
  'windows.others':
    'Rules of others that concern port {port} too: those that Windows or an installer made for postgres.exe, and any for the port. They are named and stay as they are.',
  'windows.undoTitle': 'Takes back what windows-firewall.ps1 did.',
  'windows.undoIntro':
    'Run it in a PowerShell that was started as administrator. Afterwards the port is open as far as other rules open it.',
  'windows.undo': 'The rules of our group, each by its own name.',

  'dockerUser.title': 'Who reaches the published PostgreSQL port of the container.',
  'dockerUser.intro':
    'Run it as root on the host; it may run again after the plan changed. Docker forwards packets for a published port to the container, past ufw and past the INPUT chain, so these rules stand in DOCKER-USER, which Docker goes through first. They concern new connections from other machines to the published port and nothing else.',
  'dockerUser.drop':
    'Everyone else, at the published port only. A machine in the same network segment could address the container itself instead; Docker 28 and later refuse that on their own.',
  'dockerUser.jump':
    'From the chain that Docker keeps for such rules into ours. Where Docker has not made its chain yet, it takes this one over.',
  'dockerUser.undoTitle': 'Takes back what docker-user.sh did.',
  'dockerUser.undo':
    'The jump goes, then the chain. Afterwards the published port is open to every machine that reaches it.',
  'dockerUser.unitTitle': 'Puts the rules back before Docker starts.',
  'dockerUser.persist':
    'Install docker-user.sh as /usr/local/sbin/postern-docker-user and this file at its place, then: systemctl daemon-reload.',
  'dockerUser.unit':
    'Rules of the kernel are gone after a restart. Before Docker, so that no port is published without them; if they cannot be set, Docker does not start.',
} as const;
