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
    'Put it at its place, then: sysctl --system. A file with the same settings that comes later in the order of names wins at the next start. To undo: remove it, set the values back to 0 with sysctl -w, or restart.',
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

  'swanctl.gatewayTitle': 'strongSwan on the machine where the tunnels end.',
  'swanctl.peerTitle': 'strongSwan on {name}.',
  'swanctl.startCertificate':
    'Make the key and bring the certificate first (vpn-key.sh); without it this file does not load. Then: swanctl --load-all. To undo: remove this file and load again.',
  'swanctl.startPsk':
    'Make or enter the key first; no key stands in this file, and without one no tunnel comes up. Then: swanctl --load-all. To undo: remove this file and load again.',
  'swanctl.packages':
    'Debian: apt install charon-systemd strongswan-swanctl libstrongswan-standard-plugins. RHEL: dnf install strongswan from EPEL, which reads /etc/strongswan/swanctl/conf.d instead.',
  'swanctl.encap':
    'ESP always travels inside UDP 4500, so a path that lets IKE through lets the packets through as well, and nothing else has to be opened.',
  'swanctl.machine': '{name}: it proves its identity, is given its own addresses, and nothing else is taken from it.',
  'swanctl.site': '{name}, and the networks behind it: {networks}. Nothing else is taken from it.',
  'swanctl.pool': 'The addresses of {name} in the tunnel. Nobody else is ever given them.',
  'swanctl.endpoint': 'Where this machine finds the gateway.',
  'swanctl.azureEndpoint':
    'The public address of the gateway in Azure, which the script there prints. If the plan does not have it yet, give it to the plan.',
  'swanctl.keys':
    'New keys every few hours, a dead gateway is noticed within minutes, and it is called again until it answers.',
  'swanctl.vips': 'The addresses of this machine in the tunnel. strongSwan sets them while the tunnel is up.',
  'swanctl.certificate': 'Only the gateway with a certificate of the same authority is talked to.',
  'swanctl.psk': 'Only the gateway with the same key is talked to.',

  'ipsecTunnel.title':
    'The addresses of this machine in the tunnel, and a filter that keeps its packets out of the clear.',
  'ipsecTunnel.siteTitle': 'The addresses of this machine in the tunnel.',
  'ipsecTunnel.intro':
    'postern-tunnel.service runs it at every start. It may run again; postern-tunnel down takes it back. IPsec has no interface of its own, so the addresses lie on the loopback interface.',
  'ipsecTunnel.down': 'The way back.',
  'ipsecTunnel.addresses': 'PostgreSQL, or the router of the site, is found at these addresses in the tunnel.',
  'ipsecTunnel.guard':
    'What is for the tunnel or comes from it has been decrypted or will be encrypted; everything else is forged, or would leave in the clear while the tunnel is down. What returns goes on to the firewall.',
  'ipsecTunnel.clear':
    'Packets with addresses of the tunnel that did not come through it, or that would leave outside of it.',
  'ipsecTunnel.jump': 'Only packets with addresses of the tunnel go through the chain.',
  'ipsecTunnel.unitTitle': 'Sets the addresses and the filter of the tunnel at every start.',
  'ipsecTunnel.unit': 'Before strongSwan, so that the filter stands before the tunnel does.',

  'vpnKey.title': 'Makes the key of this machine for the tunnel, if it has none, and a request for its certificate.',
  'vpnKey.intro':
    'Run it as root. postern.csr goes to whoever signs; it is not a secret. The private key never leaves this machine. With the certificate and the authority as arguments it puts them in place.',
  'vpnKey.make': 'Only root may read the key.',
  'vpnKey.take': 'The certificate is taken only if it is for this key and of this authority.',
  'vpnSign.title': 'Signs the certificates of the tunnel.',
  'vpnSign.intro':
    'Put the requests of the machines into requests/ beside this script, under the names that it asks for, compare the fingerprints with those that the machines printed, then run it. certificates/ is what goes back to them. ca.key stays here.',
  'vpnSign.authority':
    'An authority of the tunnel alone: a certificate of the tunnel opens no database, and one of a database user no tunnel.',
  'vpnSign.gateway': 'The machine where the tunnels end.',
  'vpnSign.peer': '{name}.',

  'psk.file': 'The key stands in a file of its own that only root may read, and in no file of the bundle.',
  'psk.makeTitle': 'Makes a key for each peer, where there is none, and prints the first half of its fingerprint.',
  'psk.makeIntro':
    'Run it as root. With the name of a peer as argument it shows the key of that peer, which has to reach it on a way that nobody else reads. Then: swanctl --load-creds.',
  'psk.peer': '{name}.',
  'psk.enterTitle': 'Takes the key of the tunnel on {name}.',
  'psk.enterIntro':
    'Run it as root. It asks for the key that make-keys.sh showed on the gateway. Then: swanctl --load-creds, and if swanctl.conf was loaded before: swanctl --initiate --child postern.',
  'psk.azureIntro':
    'Run it as root. With --make it makes the key and shows it once, for the prompt of the script or the parameter of the deployment; without, it asks for it. Then: swanctl --load-creds, and if swanctl.conf was loaded before: swanctl --initiate --child postern.',

  'azureVpn.title': 'The VPN gateway of Azure, and a connection for each site.',
  'azureVpn.intro':
    'Run it where the Azure CLI is logged in; it may run again after the plan changed. It asks for the key of each new site and writes it nowhere.',
  'azureVpn.cost':
    'The gateway costs by the hour from the moment it is made, used or not, and making it often takes 45 minutes or more.',
  'azureVpn.limits':
    'Size VpnGw1AZ, route-based, IKEv2, one address, no BGP, IPv4 only. Attach no network security group to GatewaySubnet.',
  'azureVpn.gateway': 'The subnet that only the gateway stands in, its public address, and the gateway.',
  'azureVpn.site': '{name}: {networks}.',
  'azureVpn.remove': 'Sites of earlier runs that the plan no longer has. A connection goes before its site.',
  'azureVpn.undoTitle': 'Takes back what vpn-gateway.sh did.',
  'azureVpn.undoIntro': 'All tunnels of this gateway end, and it costs nothing any more. Deleting takes some minutes.',
  'azureVpn.undo': 'The gateway before its address. GatewaySubnet stays: it is empty and costs nothing.',
  'azureVpn.bicep':
    'Deploy it with: az deployment group create --resource-group GROUP --template-file vpn-gateway.bicep. It asks for the keys. Sites that the plan no longer has stay until you delete them.',
  'azureVpn.parameter': 'The key of {name}: enter-key.sh --make there shows it.',

  'worksheet.title': 'What the ends of the tunnel tell each other, on which way, and how both know that it arrived.',
  'worksheet.heading': 'Keys of the tunnel',
  'worksheet.intro':
    'Print it or keep it with the plan. What is to be read aloud goes over the telephone or face to face, with somebody whose voice you know; not over the way on which the key itself travelled. Who runs a machine fills in its row.',
  'worksheet.wireguard.make':
    'On each machine, make the key. The line that it prints is the public half, and no secret:',
  'worksheet.wireguard.give':
    'Send that line to whoever keeps the plan, by mail or chat. It goes into the plan, and the files are made anew with it.',
  'worksheet.wireguard.check':
    'When the tunnel is up: the first command prints the own key, the second those of the other ends. Each end reads its own aloud, and the other finds it in its list. The last one shows when they spoke last:',
  'worksheet.certificate.request':
    'On each machine, make the key and the request. It prints the fingerprint of its public key and writes postern.csr, which is no secret:',
  'worksheet.certificate.compare':
    'Send postern.csr to whoever signs, by mail or chat; it is put beside the script under the name in the table. Before it is signed, the machine’s administrator reads the fingerprint aloud.',
  'worksheet.certificate.sign':
    'Whoever signs runs the script. It prints for each request the fingerprint of its key; what was read aloud must be there:',
  'worksheet.certificate.take':
    'The certificate of each machine and postern-ca.crt go back to it, which are no secrets either. The machine takes them:',
  'worksheet.certificate.check':
    'Each machine reads the fingerprint of the authority aloud, and whoever signs compares it with the first line. Then look at the tunnel:',
  'worksheet.key.make': 'On the gateway, make the keys. It prints the fingerprint of each:',
  'worksheet.key.show':
    'Show the key of one peer, and carry it there on a way that nobody else reads: a password manager that both use, an SSH session, or paper in person. Never by mail or chat:',
  'worksheet.key.enter': 'On that peer, enter it. It prints the fingerprint of what was entered:',
  'worksheet.key.check': 'Both ends read the fingerprint aloud. Then look at the tunnel:',
  'worksheet.azure.make':
    'On each site, make the key: sudo bash, then enter-key.sh --make of its folder. It shows the key once, and its fingerprint.',
  'worksheet.azure.give':
    'Carry the key to whoever runs the script for Azure, on a way that nobody else reads, such as a password manager that both use. The script or the deployment asks for it.',
  'worksheet.azure.address':
    'The script prints the public address of the gateway. Give it to the plan, make the files of the sites with it, and put swanctl.conf in place there.',
  'worksheet.azure.check': 'On each site, look at the tunnel:',
  'worksheet.ends': 'The ends',
  'worksheet.compareKey': 'A key that is in the plan stands here already. Compare it nonetheless.',
  'worksheet.compare': 'Nobody writes a key here, only fingerprints.',
  'worksheet.machine': 'machine',
  'worksheet.request': 'file or script',
  'worksheet.value': 'public key or fingerprint',
  'worksheet.by': 'read aloud by, compared by',
  'worksheet.day': 'day',
  'worksheet.wrong':
    'If something differs, stop: use neither key, find out who changed it on the way, and begin again with new keys (delete the old one on its machine first).',

  'ipsecMtu.title': 'The largest packet in the tunnel.',
  'ipsecMtu.intro': 'Put it at its place, then: systemctl restart strongswan. To undo: remove it and restart.',
  'ipsecMtu.why': 'Routes into the tunnel carry {mtu} bytes, and TCP takes its segments from them.',

  'order.title': 'Starts PostgreSQL after the tunnel.',
  'order.intro': 'Put it at its place, then: systemctl daemon-reload.',
  'order.why':
    'PostgreSQL warns about a listen address that is not there yet and goes on without it until the next restart. So the tunnel comes first; if it fails, PostgreSQL starts nonetheless.',
  'order.dockerTitle': 'Starts Docker after the tunnel.',
  'order.dockerWhy':
    'Docker cannot publish a port on an address that is not there yet, and the container would not start. So the tunnel comes first; if it fails, Docker starts nonetheless.',
} as const;
