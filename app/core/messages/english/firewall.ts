export const firewallMessages = {
  'firewall.dockerHost':
    'This is the firewall of the host. Docker sends packets for a published port past it; those are governed by docker-user.sh. The rules for PostgreSQL here hold for what reaches a process of the host itself, such as the proxy of Docker.',

  'ufw.title':
    'The firewall of the database server: SSH stays open, PostgreSQL opens for the clients of the plan and closes for everyone else.',
  'ufw.intro':
    'Run it as root; it may run again after the plan changed. PostgreSQL and TLS share one port, so nothing else is opened for TLS. While it runs, new connections to PostgreSQL may be refused for some seconds; open ones go on.',
  'ufw.checks':
    'Before anything changes: what is there now is remembered for the way back. ufw refuses every port without a rule as soon as it is on, so look at the list of listening ports and add rules for what must stay reachable.',
  'ufw.session':
    'The SSH session in which this runs stays allowed, from its own address, so that nobody locks themselves out.',
  'ufw.staleSsh': 'SSH rules of an earlier run that are no longer in the plan. Those above are in place already.',
  'ufw.staleTunnel': 'The tunnel port of an earlier run.',
  'ufw.wider': 'Rules of others that name the port of PostgreSQL, shown so that you can delete them.',
  'ufw.deny':
    'Our earlier rules for PostgreSQL go, and the refusal for everyone comes first in the list; the clients below are then put before it. In ufw the first rule that matches decides.',
  'ufw.enable': 'On, and again at every start.',
  'ufw.undoTitle': 'Takes back what ufw.sh added, and switches ufw off again if it was off before.',
  'ufw.undoIntro':
    'Run it as root. Afterwards PostgreSQL is reachable as it was before: look at listen_addresses first.',
  'ufw.undoSsh': 'If ufw was off before, it goes off first and the SSH rules go too. If it was on, the SSH rules stay.',
  'ufw.undoRules': 'The rules for PostgreSQL and for the tunnel, found by their comments.',
  'ufw.undoBefore':
    'Rules from before the first run that had to make way are put back, at the end of the list. Then what there is now is shown.',

  'firewall.rateLimit':
    'At most {rate} new connections a minute from one address where the port faces the internet; an address of IPv6 stands for its /64.',
  'firewall.sources': 'These networks are let through by your own choice, in place of those of the clients.',

  'nftables.fileTitle':
    'Rules for the PostgreSQL port of the database server, in a table of their own for both families.',
  'nftables.others':
    'A packet has to pass every table: what another one drops stays dropped, and SSH is not touched here. TLS runs on the same port as PostgreSQL.',
  'nftables.title': 'Loads the rules for the PostgreSQL port.',
  'nftables.intro':
    'Run it as root; it may run again after the plan changed. It needs nftables 0.9.3 or later. The rules go live in one step, and other tables stay as they are.',
  'nftables.load': 'The file is read without effect first; a file with a mistake changes nothing.',
  'nftables.loopback':
    'Other ports are not the business of this table. The server itself: local tools and administrators behind an SSH forward.',
  'nftables.drop': 'Everyone else, at this port only.',
  'nftables.unitTitle': 'Loads the rules at every start, before the network is up.',
  'nftables.unitOrder':
    'The packaged nftables.service empties all tables when it starts or reloads, so this one comes after it and again with it.',
  'nftables.undoTitle': 'Takes back what nftables.sh did.',
  'nftables.undo':
    'The table goes, with everything in it. Afterwards PostgreSQL is reachable as it was before: look at listen_addresses first.',

  'firewalld.fileTitle': 'A policy of firewalld for the PostgreSQL port of the database server.',
  'firewalld.policy':
    'It is asked before every zone and decides about this port, and accepts SSH from administrators. Zones stay as they are; what one of them opens for PostgreSQL counts no longer. Needs firewalld 0.9 or later (RHEL 8.4).',
  'firewalld.drop': 'Everyone else, at this port only.',
  'firewalld.title': 'Takes the policy for the PostgreSQL port into use.',
  'firewalld.intro': 'Run it as root; it may run again after the plan changed. Open connections stay.',
  'firewalld.load': 'The configuration is checked before it is loaded. A mistake changes nothing.',
  'firewalld.undoTitle': 'Takes back what firewalld.sh did.',
  'firewalld.undo':
    'The policy goes. Afterwards PostgreSQL is reachable as its zones say: look at listen_addresses first.',

  'iptables.title': 'Rules for the PostgreSQL port of the database server, in a chain of their own.',
  'iptables.intro':
    'Run it as root; it may run again after the plan changed. It touches no policy and no other port. PostgreSQL and TLS share one port, so nothing else is opened for TLS.',
  'iptables.firewalld': 'Another firewall on this machine can still refuse what is allowed here.',
  'iptables.loopback': 'The server itself: local tools and administrators behind an SSH forward.',
  'iptables.drop':
    'Everyone else, at this port only; for a family without any client this is the only rule for PostgreSQL.',
  'iptables.jump': 'Packets that arrive go through the chain first. A jump that is there already stays where it is.',
  'iptables.undoTitle': 'Takes back what iptables.sh did.',
  'iptables.undo':
    'The jump goes, then the chain. Afterwards PostgreSQL is reachable as it was before: look at listen_addresses first.',
  'iptables.unitTitle': 'Puts the rules back at every start, before the network is up.',
  'iptables.persist':
    'Install iptables.sh as /usr/local/sbin/postern-iptables, then: systemctl enable postern-iptables. Instead of this, Debian has iptables-persistent (netfilter-persistent save) and RHEL has iptables-services (service iptables save, service ip6tables save).',
  'iptables.unitOrder':
    'After services that load rules of their own, because they may empty the tables; before any interface is up, so that there is no open moment.',

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
