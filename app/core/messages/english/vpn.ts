export const vpnMessages = {
  'wireguard.gatewayTitle': 'WireGuard on the machine where the tunnel ends.',
  'wireguard.peerTitle': 'WireGuard on {name}.',
  'wireguard.start':
    'Make the key first (make-key.sh), then: systemctl enable --now wg-quick@postern. After a change: systemctl restart wg-quick@postern. To undo: systemctl disable --now wg-quick@postern, then remove this file.',
  'wireguard.mtu':
    'wg-quick finds the MTU itself. If large answers hang while small ones pass, add MTU = 1280 under [Interface] here and on the peer.',
  'wireguard.apps':
    'The apps for Windows, macOS and phones do not run PostUp: there, add an empty tunnel, let the app make the key, and put the rest of this file below its PrivateKey line.',
  'wireguard.ownAddresses': 'The addresses of this machine in the tunnel.',
  'wireguard.listenPort': 'Peers call this UDP port; {port} must be reachable from wherever they are.',
  'wireguard.peerListens': 'The gateway calls this machine, so it listens on UDP port {port}.',
  'wireguard.privateKey':
    'The private key stays in {file}, which only root may read. It was made on this machine and is in no other file.',
  'wireguard.forward':
    'From the tunnel, only what the plan names is forwarded; the rules stand before the tunnel does.',
  'wireguard.machine': '{name}: only its own addresses are taken from it.',
  'wireguard.site': '{name}, and the networks behind it: {networks}. Nothing else is taken from it.',
  'wireguard.keyMissing':
    '{name} has no public key in the plan yet, so it stays out and the tunnel of the others works. Run make-key.sh on it, give the answer to the plan, or put it here and take the # away.',
  'wireguard.gatewayKeyMissing':
    'The public key of the gateway is not in the plan yet, and wg refuses this line until it is. Run make-key.sh on the gateway and put its answer here, or give it to the plan.',
  'wireguard.gatewayKey': 'The public key of {name}: whoever answers with another key is not listened to.',
  'wireguard.endpoint': 'Where this machine finds the gateway.',
  'wireguard.routes':
    'Only packets for the database go into the tunnel. The other peers and the internet are reached as before.',
  'wireguard.routesBehind':
    'Only packets for the database and for the gateway itself go into the tunnel. The other peers and the internet are reached as before.',
  'wireguard.keepalive':
    'A packet every 25 seconds keeps the way open through routers that translate addresses, so that an idle connection to PostgreSQL is not cut.',

  'makeKey.title': 'Makes the WireGuard key of this machine, if it has none, and prints the public half.',
  'makeKey.intro':
    'Run it as root. Give the line that it prints to the plan; it is not a secret. The private half never leaves this machine.',
  'makeKey.key': 'Only root may read what is written here.',

  'sysctl.title': 'Lets this machine pass packets on between its networks.',
  'sysctl.intro':
    'Put it at its place, then: sysctl --system. To undo: remove it, set the values back to 0 with sysctl -w, or restart.',
  'sysctl.gateway':
    'The gateway passes packets from the tunnel to the database server. This holds for all its interfaces; postern-forward.sh limits the tunnel only. If this machine is no router otherwise, refuse the rest: iptables -P FORWARD DROP and ip6tables -P FORWARD DROP.',
  'sysctl.site':
    'This machine passes packets from the networks behind it into the tunnel. Machines there need a route to the database over it.',
  'sysctl.acceptRa':
    'A machine that passes IPv6 on no longer takes its own address from router advertisements. If it needs them, uncomment this line with the name of its interface.',

  'forward.title':
    'What the gateway forwards out of the tunnel: to the database server, at the ports of the plan, and nothing else.',
  'forward.intro':
    'WireGuard runs it before the tunnel starts. Put it at its place with mode 0755. The addresses of peers are not translated, because PostgreSQL tells them apart by these.',
  'forward.answers': 'Answers to what was let through.',
  'forward.drop': 'Everything else that comes out of the tunnel or goes into it, also from one peer to another.',
  'forward.jump': 'Only packets of the tunnel go through the chain.',
  'forward.undoTitle': 'Takes back what postern-forward.sh did.',
  'forward.undo': 'The jumps go, then the chain. WireGuard runs this after the tunnel stopped.',

  'route.title': 'The way back from the database server to the tunnel.',
  'route.intro':
    'The gateway does not translate addresses, so PostgreSQL sees each peer; its answers must find the gateway. Run it as root, or enable postern-route.service, which runs it at every start.',
  'route.cloud':
    'In a cloud network, also add these routes to the route table of the subnet, and switch off the source and destination check of the gateway.',
  'route.routes': 'Over {name}, the gateway.',
  'route.undoTitle': 'Takes back what route-to-tunnel.sh did.',
  'route.unitTitle': 'Sets the routes again at every start.',
  'route.persist':
    'Install route-to-tunnel.sh as /usr/local/sbin/postern-route, then: systemctl enable postern-route. Where netplan or NetworkManager keep the routes, you may write them there instead.',
  'route.unit': 'When the network is up, because the gateway must be reachable for a route over it.',

  'order.title': 'Starts PostgreSQL after the tunnel.',
  'order.intro': 'Put it at its place, then: systemctl daemon-reload.',
  'order.why':
    'PostgreSQL warns about a listen address that is not there yet and goes on without it until the next restart. So the tunnel comes first; if it fails, PostgreSQL starts nonetheless.',
  'order.dockerTitle': 'Starts Docker after the tunnel.',
  'order.dockerWhy':
    'Docker cannot publish a port on an address that is not there yet, and the container would not start. So the tunnel comes first; if it fails, Docker starts nonetheless.',
} as const;
