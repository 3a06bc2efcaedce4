export const guideMessages = {
  'file.header': 'Made by Postern {version}. {title}',
  'file.guide': 'What to do on which machine, in order, and how to undo it.',
  'guide.heading': 'Remote access to PostgreSQL {major} on {host}',
  'guide.notTried':
    'No PostgreSQL {asked} has been tried with Postern. These are the files for {major}; check them on a test server first.',
  'guide.unsupported':
    'PostgreSQL {major} gets no more security fixes since {date}. Plan the upgrade before you open it to others.',
  'guide.opens': 'What this opens',
  'guide.opensNothing': 'No client is in the plan yet, so nobody gets in from another machine.',
  'guide.client': '{client}: {roles} to {databases} from {sources}.',
  'guide.clientSocket': '{client}: {roles} to {databases} on the server itself.',
  'guide.everythingElse':
    'Everyone else is refused, first by the firewall where the plan has one, then by pg_hba.conf.',
  'guide.families': 'The server is reached over {families}.',
  'guide.oneFamily': 'The server is reached over {families} only; nothing is opened for the other family.',
  'guide.before': 'Before you begin',
  'guide.keepSession':
    'Keep one SSH session to each machine open until the last test holds. What is below never closes the way you came, and an open session is the last resort.',
  'guide.readFirst':
    'Read the files; each line says why it is there. Commands start in the directory of this README, copied to the machine that the heading names.',
  'guide.machine.your-machine': 'Your own machine',
  'guide.machine.vpn-gateway': 'VPN gateway',
  'guide.machine.database-server': 'Database server',
  'guide.machine.replicas': 'Read replicas',
  'guide.machine.vpn-peers': 'VPN peers',
  'guide.machine.bastion': 'Bastion',
  'guide.machine.clients': "Each client's machine",
  'guide.shortWay':
    'One script takes the steps below that put files in place, tries the files first, and takes everything back unless you confirm: sudo bash {path}, then try a login from another window, then sudo bash {path} --confirm. Keys, roles and what else asks you something still follow by hand. Or take the steps one by one:',
  'guide.noShortWay':
    'No script rolls these files out here, because one that takes itself back exists only for a server on Linux, by itself or in a container: take the steps one by one, in this order.',
  'guide.backup': 'Keep what is there now, so that it can come back:',
  'guide.append': '{title} The command appends the line only where it is missing:',
  'guide.alternative': '{title} It takes the place of conf.d/postern.conf: leave it alone if you installed that file.',
  'guide.compose': '{title} Start the container with it, as the last of your files:',
  'guide.takeAlong': '{title} It goes to {target} there.',
  'guide.read': '{title} It is in {path}.',
  'guide.check':
    'Check before you trust: both queries must return no rows. pg_reload_conf() returns true even when a file is refused, and the next start would then fail. A setting that waits for the restart is left out.',
  'guide.restart': 'Restart, because listen_addresses needs it; sessions that are open now end:',
  'guide.reload': 'Later changes of pg_hba.conf alone need a reload only:',
  'guide.passwords': 'Set each password at the prompt; it is hashed before it leaves psql:',
  'guide.verify': 'Test from where the client runs, with the addresses it will have:',
  'guide.rootFile':
    'Copy your-machine/certificates/ca.crt, which make-certificates.sh made, to {target} of each person and service that connects.',
  'guide.clientCertificates':
    'Hand each role its archive, your-machine/certificates/bundles/NAME.tar.gz, by a way that you would trust with a password. The README.txt in it says where each file goes.',
  'guide.systemRoot':
    'Clients verify the server with the trust store of their system; psql needs libpq 16 or later for sslrootcert=system.',
  'guide.later': 'Later: renewing and taking back',
  'guide.renew':
    'check-certificates.sh says when something ends soon. Then, as before: make what ends soon anew, bring it to the server, and reload. Sessions that are open go on; new connections get the new certificate.',
  'guide.renewed':
    'make-certificates.sh says which archives in certificates/bundles are new: hand those to their people. With the word renew it makes every certificate anew, with new keys.',
  'guide.revoke':
    'When a certificate is lost or a person leaves, take it back, then bring ca.crl to the server and reload, as above. For example:',
  'guide.rotate':
    'A new authority takes three steps, with days between them: make-certificates.sh rotate announce, rotate switch, rotate retire. After each, bring the files to the server, reload, and hand out what is new.',
  'guide.undo': 'How to undo it',
  'guide.undoRoles':
    'Roles and databases stay, because dropping them would drop data. To let everyone connect to a database again: GRANT CONNECT ON DATABASE name TO PUBLIC.',
  'guide.undoFiles': 'Put the old files back, remove what was added, and restart:',
  'guide.undoAppend': 'Remove the line include_dir from the end of postgresql.conf.',
  'guide.yourNotes': 'Your notes',
} as const;
