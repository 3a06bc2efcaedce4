export const vpnMessages = {
  'wireguard.gatewayTitle': 'WireGuard on the machine where the tunnel ends.',
  'wireguard.peerTitle': 'WireGuard on {name}.',
  'wireguard.start':
    'Create the key first (make-key.sh), then: systemctl enable --now wg-quick@postern. After a change: systemctl restart wg-quick@postern. To undo: systemctl disable --now wg-quick@postern, then remove this file.',
  'wireguard.mtu':
    'wg-quick determines the MTU itself. If large responses hang while small ones work, add MTU = 1280 under [Interface] here and on the peer.',
  'wireguard.apps':
    'The apps for Windows, macOS and phones do not run PostUp: there, add an empty tunnel, let the app create the key, and paste the rest of this file below its PrivateKey line.',
  'wireguard.ownAddresses': 'The addresses of this machine in the tunnel.',
  'wireguard.listenPort': 'Peers connect to this UDP port; {port} must be reachable from any address.',
  'wireguard.peerListens': 'The gateway connects to this machine, so it listens on UDP port {port}.',
  'wireguard.privateKey':
    'The private key stays in {file}, which only root can read. It was created on this machine and is in no other file.',
  'wireguard.forward':
    'From the tunnel, only what the plan names is forwarded; the rules are loaded before the tunnel is up.',
  'wireguard.machine': '{name}: only packets from its own addresses are accepted.',
  'wireguard.site': '{name}, and the networks behind it: {networks}. Packets from other addresses are not accepted.',
  'wireguard.keyMissing':
    '{name} has no public key in the plan yet, so it is left out and the tunnel works for the others. Run make-key.sh on it, enter its output in the plan, or enter it here and remove the #.',
  'wireguard.gatewayKeyMissing':
    'The public key of the gateway is not in the plan yet, and wg rejects this line until it is. Run make-key.sh on the gateway and enter its output here, or in the plan.',
  'wireguard.gatewayKey': 'The public key of {name}: packets from a machine with another key are ignored.',
  'wireguard.endpoint': 'The address of the gateway.',
  'wireguard.routes':
    'Only packets for the database go through the tunnel. The other peers and the internet are reached as before.',
  'wireguard.routesBehind':
    'Only packets for the database and for the gateway itself go through the tunnel. The other peers and the internet are reached as before.',
  'wireguard.keepalive':
    'A packet every 25 seconds keeps the NAT mapping of routers, so that an idle connection to PostgreSQL is not interrupted.',

  'makeKey.title': 'Creates the WireGuard key of this machine, if it has none, and prints the public key.',
  'makeKey.intro':
    'Run it as root. Enter the line that it prints in the plan; it is not a secret. The private key never leaves this machine.',
  'makeKey.key': 'Only root can read the files written here.',

  'sysctl.title': 'Allows this machine to forward packets between its networks.',
  'sysctl.intro':
    'Install it, then: sysctl --system. At the next boot, a file with the same settings and a later name takes precedence. To undo: remove it, set the values to 0 with sysctl -w, or restart.',
  'sysctl.gateway':
    'The gateway forwards packets from the tunnel to the database server. This applies to all of its interfaces; postern-forward.sh restricts only the tunnel. If this machine has no other role as a router, drop the rest: iptables -P FORWARD DROP and ip6tables -P FORWARD DROP.',
  'sysctl.site':
    'This machine forwards packets from the networks behind it into the tunnel. Machines there need a route to the database through it.',
  'sysctl.acceptRa':
    'A machine that forwards IPv6 no longer gets its own address from router advertisements. If it needs them, uncomment this line with the name of its interface.',

  'forward.title': 'What the gateway forwards from the tunnel: only to the database server, on the ports of the plan.',
  'forward.intro':
    'WireGuard runs it before the tunnel starts. Install it with mode 0755. The addresses of peers are not translated, because PostgreSQL identifies them by these.',
  'forward.answers': 'Replies to connections that were allowed.',
  'forward.drop': 'Everything else from or to the tunnel, including from one peer to another.',
  'forward.jump': 'Only packets of the tunnel go through the chain.',
  'forward.undoTitle': 'Removes what postern-forward.sh installed.',
  'forward.undo': 'Removes the jumps, then the chain. WireGuard runs this after the tunnel has stopped.',

  'route.title': 'The return route from the database server to the tunnel.',
  'route.intro':
    'The gateway does not translate addresses, so PostgreSQL sees each peer; its replies must be routed through the gateway. Run it as root, or enable postern-route.service, which runs it at every boot.',
  'route.cloud':
    'In a cloud network, also add these routes to the route table of the subnet, and disable the source/destination check of the gateway.',
  'route.routes': 'Through {name}, the gateway.',
  'route.undoTitle': 'Removes what route-to-tunnel.sh added.',
  'route.unitTitle': 'Sets the routes again at every boot.',
  'route.persist':
    'Install route-to-tunnel.sh as /usr/local/sbin/postern-route, then: systemctl enable postern-route. If netplan or NetworkManager manage the routes, you can add them there instead.',
  'route.unit': 'After the network is up, because the gateway must be reachable for a route through it.',

  'swanctl.gatewayTitle': 'strongSwan on the machine where the tunnels end.',
  'swanctl.peerTitle': 'strongSwan on {name}.',
  'swanctl.startCertificate':
    'Create the key and install the certificate first (vpn-key.sh); without it this file does not load. Then: swanctl --load-all. To undo: remove this file and load again.',
  'swanctl.startPsk':
    'Create or enter the key first; this file contains no key, and without one no tunnel is established. Then: swanctl --load-all. To undo: remove this file and load again.',
  'swanctl.packages':
    'Debian: apt install charon-systemd strongswan-swanctl libstrongswan-standard-plugins. RHEL: dnf install strongswan from EPEL, which reads /etc/strongswan/swanctl/conf.d instead.',
  'swanctl.encap':
    'ESP is always encapsulated in UDP 4500, so a path that allows IKE allows the packets as well, and no other port or protocol must be opened.',
  'swanctl.machine':
    '{name}: it authenticates, is assigned its own addresses, and only packets from these are accepted.',
  'swanctl.site': '{name}, and the networks behind it: {networks}. Packets from other addresses are not accepted.',
  'swanctl.pool': 'The addresses of {name} in the tunnel. They are never assigned to another peer.',
  'swanctl.endpoint': 'The address of the gateway.',
  'swanctl.azureEndpoint':
    'The public address of the gateway in Azure, which the script for Azure prints. If it is not in the plan yet, enter it there.',
  'swanctl.keys':
    'Rekeys every few hours, detects a dead gateway within minutes, and tries to reconnect until it responds.',
  'swanctl.vips': 'The addresses of this machine in the tunnel. strongSwan sets them while the tunnel is up.',
  'swanctl.certificate': 'Only a gateway with a certificate of the same CA is accepted.',
  'swanctl.psk': 'Only a gateway with the same pre-shared key is accepted.',

  'ipsecTunnel.title':
    'The addresses of this machine in the tunnel, and a filter that prevents its packets from leaving unencrypted.',
  'ipsecTunnel.siteTitle': 'The addresses of this machine in the tunnel.',
  'ipsecTunnel.intro':
    'postern-tunnel.service runs it at every boot. Safe to re-run; postern-tunnel down undoes it. IPsec has no interface of its own, so the addresses are on the loopback interface.',
  'ipsecTunnel.down': 'Undoes the changes.',
  'ipsecTunnel.addresses': 'PostgreSQL, or the router of the site, is reachable at these addresses in the tunnel.',
  'ipsecTunnel.guard':
    'Packets to or from the tunnel that were decrypted or will be encrypted return to the firewall; all others are forged, or would leave unencrypted while the tunnel is down.',
  'ipsecTunnel.clear':
    'Packets with addresses of the tunnel that did not arrive through it, or that would leave outside of it.',
  'ipsecTunnel.jump': 'Only packets with addresses of the tunnel go through the chain.',
  'ipsecTunnel.unitTitle': 'Sets the addresses and the filter of the tunnel at every boot.',
  'ipsecTunnel.unit': 'Before strongSwan, so that the filter is loaded before the tunnel is up.',

  'vpnKey.title': 'Creates the tunnel key of this machine, if it has none, and a certificate signing request (CSR).',
  'vpnKey.intro':
    'Run it as root. Send postern.csr to the person who signs; it is not a secret. The private key never leaves this machine. With the certificate and the CA certificate as arguments it installs them.',
  'vpnKey.make': 'Only root can read the key.',
  'vpnKey.take': 'The certificate is installed only if it matches this key and was signed by this CA.',
  'vpnSign.title': 'Signs the certificates of the tunnel.',
  'vpnSign.intro':
    'Put the requests of the machines into requests/ next to this script, under the names that it asks for, compare the fingerprints with those that the machines printed, then run it. Send the files in certificates/ back to the machines. ca.key stays here.',
  'vpnSign.authority':
    'A separate CA for the tunnel: a certificate of the tunnel gives no access to a database, and a certificate of a database user gives no access to the tunnel.',
  'vpnSign.gateway': 'The machine where the tunnels end.',
  'vpnSign.peer': '{name}.',

  'psk.file': 'The key is in a separate file that only root can read, and in no file of the bundle.',
  'psk.makeTitle': 'Creates a key for each peer that has none, and prints the first half of its fingerprint.',
  'psk.makeIntro':
    'Run it as root. With the name of a peer as argument it shows the key of that peer, which you must send over a channel that nobody else can read. Then: swanctl --load-creds.',
  'psk.peer': '{name}.',
  'psk.enterTitle': 'Stores the key of the tunnel on {name}.',
  'psk.enterIntro':
    'Run it as root. It asks for the key that make-keys.sh showed on the gateway. Then: swanctl --load-creds, and if swanctl.conf was loaded before: swanctl --initiate --child postern.',
  'psk.azureStep':
    'Do this before the deployment in Azure, which asks for the key that this shows. If you run it again, it shows the same key.',
  'psk.azureIntro':
    'Run it as root, before the deployment in Azure. With --make it creates the key, or shows the existing one, for the prompt of the script or of the deployment; without, it asks for the key. Then: swanctl --load-creds, and if swanctl.conf was loaded before: swanctl --initiate --child postern.',

  'azureVpn.title': 'The Azure VPN gateway, and a connection for each site.',
  'azureVpn.intro':
    'Run it where the Azure CLI is logged in. Safe to re-run after the plan changes. It asks for the key of each new site and passes it to the CLI in a file that only you can read and that is deleted right after; the key is in no command line.',
  'azureVpn.keysFirst':
    'Create the keys first, because this asks for them. Run on each site, which shows the key: {commands}.',
  'azureVpn.cost':
    'The gateway is billed by the hour from its creation, whether it is used or not, and creating it often takes 45 minutes or more.',
  'azureVpn.limits':
    'Size VpnGw1AZ, route-based, IKEv2, one address, no BGP, IPv4 only. Attach no network security group to GatewaySubnet.',
  'azureVpn.gateway': 'The subnet for the gateway only, its public address, and the gateway.',
  'azureVpn.site': '{name}: {networks}.',
  'azureVpn.remove': 'Sites of earlier runs that the plan no longer has. A connection is deleted before its site.',
  'azureVpn.undoTitle': 'Removes what vpn-gateway.sh created.',
  'azureVpn.undoIntro': 'All tunnels of this gateway end, and it is no longer billed. Deletion takes some minutes.',
  'azureVpn.undo': 'The gateway is deleted before its address. GatewaySubnet is kept: it is empty and free of charge.',
  'azureVpn.bicep':
    'Deploy it with: az deployment group create --resource-group GROUP --template-file vpn-gateway.bicep. It asks for the keys. Sites that the plan no longer has are kept until you delete them.',
  'azureVpn.parameter': 'The key of {name}: enter-key.sh --make on that site shows it.',

  'worksheet.title': 'How to exchange the keys of the tunnel, and how both ends verify them.',
  'worksheet.heading': 'Keys of the tunnel',
  'worksheet.intro':
    'Print it or keep it with the plan. Read fingerprints aloud over the telephone or in person, to someone whose voice you know, and not over the channel that the key itself was sent over. The administrator of each machine fills in its row.',
  'worksheet.wireguard.make':
    'On each machine, create the key. The line that it prints is the public key, which is not a secret:',
  'worksheet.wireguard.give':
    'Send that line to the person who maintains the plan, by mail or chat. Enter it in the plan, and generate the files again.',
  'worksheet.wireguard.check':
    'When the tunnel is up: the first command prints the public key of this end, the second those of the other ends. Each end reads its own key aloud, and the other end finds it in its list. The last command shows the time of the latest handshake:',
  'worksheet.certificate.request':
    'On each machine, create the key and the request. The script prints the fingerprint of the public key and writes postern.csr, which is not a secret:',
  'worksheet.certificate.compare':
    'Send postern.csr to the person who signs, by mail or chat, who saves it next to the script under the name in the table. Before it is signed, the machine’s administrator reads the fingerprint aloud.',
  'worksheet.certificate.sign':
    'The person who signs runs the script. It prints the fingerprint of the key in each request, which must equal the fingerprint that was read aloud:',
  'worksheet.certificate.take':
    'Send each machine its certificate and postern-ca.crt, which are not secrets either. Install them there:',
  'worksheet.certificate.check':
    'Each machine reads the fingerprint of the CA aloud, and the person who signs compares it with the first line. Then check the tunnel:',
  'worksheet.key.make': 'On the gateway, create the keys. The script prints the fingerprint of each:',
  'worksheet.key.show':
    'Show the key of one peer, and send it over a channel that nobody else can read: a shared password manager, an SSH session, or paper in person. Never by mail or chat:',
  'worksheet.key.enter': 'On that peer, enter it. The script prints the fingerprint of what was entered:',
  'worksheet.key.check': 'Both ends read the fingerprint aloud. Then check the tunnel:',
  'worksheet.azure.make':
    'On each site, create the key: sudo bash, then enter-key.sh --make of its folder. It shows the key once, and its fingerprint.',
  'worksheet.azure.give':
    'Give the key to the person who runs the script for Azure, over a channel that nobody else can read, such as a shared password manager. The script or the deployment asks for it.',
  'worksheet.azure.address':
    'The script prints the public address of the gateway. Enter it in the plan, generate the files of the sites again, and install swanctl.conf there.',
  'worksheet.azure.check': 'On each site, check the tunnel:',
  'worksheet.ends': 'The ends',
  'worksheet.compareKey': 'Keys in the plan are already filled in. Compare them nonetheless.',
  'worksheet.compare': 'Write only fingerprints here, never a key.',
  'worksheet.machine': 'machine',
  'worksheet.request': 'file or script',
  'worksheet.value': 'public key or fingerprint',
  'worksheet.by': 'read aloud by, compared by',
  'worksheet.day': 'date',
  'worksheet.wrong':
    'If something differs, stop: do not use either key, find out who changed it in transit, and start again with new keys (delete the old one on its machine first).',

  'ipsecMtu.title': 'The maximum packet size in the tunnel.',
  'ipsecMtu.intro': 'Install it, then: systemctl restart strongswan. To undo: remove it and restart.',
  'ipsecMtu.why': 'Routes through the tunnel have an MTU of {mtu} bytes, from which TCP derives its segment size.',

  'order.title': 'Starts PostgreSQL after the tunnel.',
  'order.intro': 'Install it, then: systemctl daemon-reload.',
  'order.why':
    'PostgreSQL logs a warning about a listen address that does not exist yet and continues without it until the next restart. So the tunnel starts first; if it fails, PostgreSQL starts nonetheless.',
  'order.dockerTitle': 'Starts Docker after the tunnel.',
  'order.dockerWhy':
    'Docker cannot publish a port on an address that does not exist yet, and the container would not start. So the tunnel starts first; if it fails, Docker starts nonetheless.',
} as const;
