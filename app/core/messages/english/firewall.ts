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
  'ufw.undoCompare': 'What is different from before, if anything: lines with > are new, lines with < are missing.',
} as const;
