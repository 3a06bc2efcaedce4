export const guideMessages = {
  'file.header': 'Made by Postern {version}. {title}',
  'guide.heading': 'Remote access to PostgreSQL {major} on {host}',
  'guide.opens': 'What this opens',
  'guide.client': '{client}: {roles} to {databases} from {sources}.',
  'guide.clientSocket': '{client}: {roles} to {databases} on the server itself.',
  'guide.machine.your-machine': 'Your own machine',
  'guide.machine.vpn-gateway': 'VPN gateway',
  'guide.machine.database-server': 'Database server',
  'guide.machine.bastion': 'Bastion',
  'guide.undoRoles':
    'Roles and databases are kept, because dropping them would delete data. To let everyone connect to a database again: GRANT CONNECT ON DATABASE name TO PUBLIC.',
  'guide.changedSince': '{file} has changed since. Compare it with {backup} and edit it manually.',
  'guide.noBackup': '{file} has no backup, so it is kept. PostgreSQL does not start without it.',
  'guide.yourNotes': 'Your notes',
  'file.guide': 'The runbook: what to do on each machine, in order, and how to undo it.',
  'file.manual': 'The steps of apply.sh as manual commands, for each machine.',
  'guide.opensNothing': 'The plan has no clients yet, so nobody can connect from another machine.',
  'guide.unsupported':
    'PostgreSQL {major} has received no security fixes since {date}. Plan the upgrade before you open it to other machines.',
  'guide.everythingElse': 'Everyone else is rejected: first by the firewall, if the plan has one, then by pg_hba.conf.',
  'guide.existingRules':
    'The existing rules of pg_hba.conf on the database server stay in force and come first. If the plan has a firewall, only the clients above can reach the PostgreSQL port from other machines, whatever those rules allow.',
  'guide.families': 'Clients can reach the server over {families}.',
  'guide.oneFamily': 'Clients can reach the server over {families} only; the other address family is closed.',
  'guide.machine.replicas': 'Read replica',
  'guide.machine.vpn-peers': 'VPN peer',
  'guide.machine.clients': 'Client machines',
  'guide.host': '{machine}: {host}',
  'guide.before': 'Before you start',
  'guide.unpack':
    'On your own machine, unpack the archives of all machines into one place. They share the folder {folder}; commands for your own machine start there. Commands for another machine start in the directory that contains its copied folder, which is your home directory there.',
  'guide.keepSession':
    'Keep an SSH session to each machine open until the last test passes. Nothing below cuts off your current SSH access.',
  'guide.rollsBack':
    'apply.sh rolls back automatically after {seconds} seconds unless you confirm. To run its steps manually instead, see {manual}.',
  'guide.renewal': 'To renew certificates later, or if a key is lost, see {file}.',
  'guide.column.machine': 'Machine',
  'guide.column.packages': 'Required packages',
  'guide.column.interruption': 'Interruption',
  'guide.noPackages': 'none',
  'guide.noInterruption': 'none',
  'guide.restarts': 'PostgreSQL restarts once: open sessions end, and nobody can connect until it has started again',
  'guide.restartsUnits': 'restarts or reloads {units}',
  'guide.copyTitle': 'Copy the folder {folder}',
  'guide.copy': 'Copy these to that machine, into the same folder as here: {files}.',
  'guide.copyWindows':
    'Copy the folder database-server to the Windows server, for example over Remote Desktop, and into it the files in your-machine/certificates/machines/database-server. The folders authority-N with the CA key stay on this machine.',
  'guide.step.certificates': 'Create the CA and the certificates',
  'guide.step.bindPassword': 'Enter the LDAP bind password',
  'guide.step.roles': 'Create the roles',
  'guide.checkMachineTitle': 'Check the machine',
  'guide.checkMachineExpected':
    'Changes nothing. Expected at the end: "0 would stop the change". Each line that starts with STOP says what to do first. Warnings describe other effects, such as sessions that a restart ends.',
  'guide.applyTitle': 'Install the files',
  'guide.applyExpected':
    'Checks each file first, then installs all of them and tests the result. Expected: "In force." You have {seconds} seconds for the next step.',
  'guide.confirmTitle': 'Confirm',
  'guide.confirm':
    'From a second window, log in to the machine over SSH again, and connect to PostgreSQL with an application that already uses it, if there is one. If that works:',
  'guide.confirmHost': 'From a second window, log in to the machine over SSH again. If that works:',
  'guide.confirmExpected': 'Expected: "Confirmed: the change stays."',
  'guide.ipsecTitle': 'Start the tunnel',
  'guide.backup': 'Back up the existing files',
  'guide.merged':
    'Add the lines of {path} from BEGIN Postern to END Postern at the end of pg_hba.conf, and check that no earlier rule matches the same clients. If pg_hba.conf already has a block from BEGIN Postern to END Postern, remove that block first: its rules would remain in force.',
  'guide.mergedMap':
    'Add the lines of {path} from BEGIN Postern to END Postern at the end of pg_ident.conf. If pg_ident.conf already has a block from BEGIN Postern to END Postern, remove that block first: its users could still log in. No line outside the block may have one of its map names.',
  'guide.append': 'The command appends the line only if it is missing.',
  'guide.compose':
    'Run this in the directory of compose.yaml. The container starts with this file as the last of your Compose files:',
  'guide.checkTitle': 'Check the files',
  'guide.check':
    'pg_reload_conf() returns true even if PostgreSQL rejects a file, and the next start would then fail. So query the server for errors in the files:',
  'guide.checkOauth':
    'The second query leaves out errors about oauth_validator_libraries: until the reload, the server compares the rules with its present list. A later step checks them.',
  'guide.reloadTitle': 'Reload PostgreSQL',
  'guide.reload':
    'Loads the new oauth_validator_libraries, so that the next step can check the rules that use OAuth. If PostgreSQL rejects pg_hba.conf, the rules that it already has remain in force. Do not restart it yet:',
  'guide.checkAgainTitle': 'Check the rules with OAuth',
  'guide.checkAgain':
    'The server now has the new oauth_validator_libraries. If the query returns a row, PostgreSQL has rejected the whole pg_hba.conf, and would not start with it:',
  'guide.checkAgainExpected':
    'Expected: the query returns no rows. If it returns a row, do not restart PostgreSQL: put the earlier pg_hba.conf, pg_ident.conf and conf.d/postern.conf back, and reload again. Then find the cause: SHOW oauth_validator_libraries shows the list in use, and ALTER SYSTEM takes precedence over the files.',
  'guide.checkExpected': 'Expected: both queries return no rows.',
  'guide.checkPort':
    "Until the restart the server uses its current port. If that isn't {port}, use the current one here.",
  'guide.hostFilesTitle': 'Check the files of the further host names',
  'guide.hostFiles':
    "Place the certificates and keys that pg_hosts.conf names first; only the account of the server may read the keys. No view shows errors of pg_hosts.conf, and PostgreSQL doesn't start if it can't read one of these files:",
  'guide.hostFilesExpected':
    "Expected: no output. The commands print each file that is missing or that the account can't read.",
  'guide.hostFilesListed': 'Expected: each file exists, and its list has the account of the service with (R) or (F).',
  'guide.hostNamesTitle': 'Check the certificates of the further host names',
  'guide.hostNames':
    'The server chooses the certificate by the host name that the client sends (SNI), as pg_hosts.conf says. Clients that connect to an IP address, to another name, or without SNI get {certificate}.',
  'guide.hostName': '{names}: {certificate}',
  'guide.hostNamesContained':
    'Each certificate must contain its names. Each command must print "does match certificate":',
  'guide.hostNamesListed':
    'Each certificate must contain its names: each command must list them under Subject Alternative Name.',
  'guide.hostNamesRenew':
    'Reload PostgreSQL after each renewal of these certificates. Until then, it presents the previous ones.',
  'guide.hostClientsTitle': 'Test the further host names',
  'guide.hostClients':
    'Clients of these names need the CA that signed the certificate of the name, not the CA of the server certificate, unless it is the same one. They connect to the name and verify with that CA (sslrootcert in psql; sslrootcert=system for a public CA). Run the command where such a client runs, and replace CA_FILE with the file of that CA. For a public CA, leave out -CAfile CA_FILE. If the client connects through a tunnel or a forward, put its address after -connect:',
  'guide.hostClientsExpected': 'Expected: "Verification: OK" and the name after "Verified peername".',
  'guide.firewallTitle': 'Set the firewall rules',
  'guide.firewallCheckTitle': 'Check the firewall',
  'guide.restartTitle': 'Restart PostgreSQL',
  'guide.restart': 'listen_addresses requires a restart. Open sessions end.',
  'guide.passwordsTitle': 'Set the passwords',
  'guide.passwords': 'psql asks for each password and hashes it before it is sent.',
  'guide.ldapCaTitle': 'Trust the CA of the LDAP server',
  'guide.ldapCa':
    'PostgreSQL verifies the LDAP server with the CAs in the OpenLDAP configuration of this machine: set TLS_CACERT in {file} to the file with the CA that signed its certificate. Then test as the account of the server (package ldap-utils, on RHEL openldap-clients); the command must not report a certificate error:',
  'guide.ldapBindTitle': 'Test the bind DN',
  'guide.ldapBind':
    'Log in to the LDAP server as PostgreSQL does. The command asks for its password, and must print the name of the account:',
  'guide.oauthLibraryTitle': 'Test the validator library',
  'guide.oauthLibrary':
    'PostgreSQL loads {libraries} only when a user logs in with OAuth, and a reload accepts a name that does not exist. Install it now as its documentation shows, and test it before anything changes.',
  'guide.oauthLibraryExpected': 'Expected: LOAD, and no error.',
  'guide.oauthClient':
    'Register a client at {issuers} and allow the device authorization grant (RFC 8628) for it. psql and other programs with libpq use that grant.',
  'guide.oauthSecret':
    'If the provider requires a client secret, users add it as oauth_client_secret to their connection strings. The plan does not contain it.',
  'guide.oauthClientIdTitle': 'Enter the client ID',
  'guide.oauthClientId':
    'The plan has no client ID for {clients}. Replace {clientId} with the ID that the provider assigned, in these files: {files}.',
  'guide.oauthReach':
    'The clients must be able to reach {issuers} over HTTPS. So must the database server, unless the validator library checks tokens without it.',
  'guide.oauthIssuerTitle': 'Compare the issuer',
  'guide.oauthIssuer':
    'Open {document} in a browser. If the value of "issuer" differs from this text in any character, every login fails, and the server reports nothing:',
  'guide.bindWindows':
    'Before you install pg_hba.conf, create {files} with one line: ldapbindpasswd="PASSWORD" with the password of {names}. Double each quotation mark in the password. Save without a byte order mark, and let only administrators and the account of the service read the file.',
  'guide.undoBindTitle': 'Remove the LDAP bind password',
  'guide.trustTitle': 'Trust the server certificate',
  'guide.rootFile':
    'Each person and service that connects needs the CA in {target}. Copy the folder clients to the machine, and your-machine/certificates/ca.crt into that folder. The script adds the CA and keeps the certificates of other servers:',
  'guide.systemRoot':
    'Clients verify the server with the trust store of their system; psql needs libpq 16 or later for sslrootcert=system.',
  'guide.keysTitle': 'Distribute the client certificates',
  'guide.clientCertificates':
    'Give each role its archive, your-machine/certificates/bundles/NAME.tar.gz, over a channel that you would trust with a password. README.txt in it says where each file goes.',
  'guide.verifyTitle': 'Test the access: {client}',
  'guide.verify': 'Run this where the client runs, so that it connects from the address that the plan names:',
  'guide.verifyExpected':
    'Expected: no line says NOT OK, and the last one counts all checks, such as "8 of 8 checks hold".',
  'guide.bansTitle': 'If fail2ban bans the test',
  'guide.bans':
    'verify.sh makes up to {failures} failed logins on purpose, and fail2ban on the server bans an address after {maxRetry}. The script counts them and pauses in time. To test without a pause, exempt the address of the client on the server, add --exempt to the command above, and end the exemption {minutes} minutes later: a restart of fail2ban within that time counts the failures of an address that is no longer exempt. The last command lifts a ban:',
  'guide.connectTitle': 'Connect',
  'guide.read': '{title} It is in {path}.',
  'guide.installAs': '{title} Install {path} as {target}.',
  'guide.alternative': '{path} replaces conf.d/postern.conf: run the first or install the second, not both.',
  'guide.composeFolder':
    'On the Docker host, move the folder database-server into the directory of compose.yaml. Commands there start in that directory, as root or as a member of the group docker.',
  'guide.keyExchange':
    'The key must be in the plan before apply.sh runs on the other machines: see your-machine/key-exchange.md.',
  'guide.undo': 'Undo',
  'guide.undoScript':
    'apply.sh restores what it or the manual steps changed, and nothing else. It shows each change, works at any later time, restarts PostgreSQL if a setting requires it, and undoes the change before that if you run it again. If someone else has changed a file since, nothing is undone, and it shows the differences and your choices. If the folder is gone, root has apply.sh in the folder of the machine in /var/lib/postern.',
  'guide.undoScriptTitle': 'Undo the change: {folder}',
  'guide.undoRemove': 'Remove the files: {machine}',
  'guide.undoFilesTitle': 'Restore the files of PostgreSQL',
  'guide.undoFiles': 'Restores the backups and restarts. A file that has changed since is not modified.',
  'guide.undoAppend': 'Remove the line include_dir from the end of postgresql.conf.',
  'guide.manualHeading': 'Manual steps',
  'guide.manual':
    'These are the manual equivalents of what apply.sh does in the runbook (README.md): "Check the machine", "Install the files" and "Confirm". Do the other steps of the runbook too. There is no automatic rollback, but apply.sh --undo undoes these steps as well.',
  'guide.saveTitle': 'Record the current state',
  'guide.recordTitle': 'Record what the steps changed',
  'renewal.title': 'How to renew certificates, and what to do if a key is lost.',
  'renewal.heading': 'Renew certificates',
  'renewal.intro':
    'check-certificates.sh warns before a certificate expires. Open sessions continue after a renewal; new connections get the new certificate.',
  'renewal.check': 'See what expires soon',
  'renewal.make': 'Renew',
  'renewal.copy': 'Copy the new files',
  'renewal.install': 'On the database server, install the files and reload',
  'renewal.replica': 'On the replica {replica}, install the files and reload',
  'renewal.handOut':
    'make-certificates.sh says which archives in certificates/bundles are new: give those to the people and services that use them. With the argument renew it issues every certificate again, with new keys.',
  'renewal.revokeTitle': 'Revoke a client certificate',
  'renewal.revokeStep': 'Revoke',
  'renewal.revoke':
    'If a key is lost or a person leaves, revoke the certificate. Then copy the new files and install them, as in steps 3 and 4 above.',
  'renewal.rotateTitle': 'Replace the CA',
  'renewal.rotate':
    'A new CA takes three steps, with days between them: make-certificates.sh rotate announce, rotate switch, rotate retire. After each, copy the files to the server, install them, reload, and distribute the new files.',
  'guide.ssh':
    'The firewall leaves SSH to the database server open from {sources}, and from the address that you are connected from when apply.sh runs.',
  'guide.keysFirst':
    'Keys first: if the plan lacks the public keys of the tunnel, run make-key.sh on each machine as your-machine/key-exchange.md describes, enter the public keys in the plan, and download again before you continue. Unpack a later download over the same folder, so that your-machine/certificates stays.',
  'guide.clientPackages': 'postgresql-client (psql)',
  'guide.oauthClientPackages': 'postgresql-client (psql) 18 or later, libpq-oauth',
  'guide.yourPackages': 'bash, openssl, an SSH client',
  'guide.switchesUfwOn':
    'if ufw is off, it is switched on: every port without a ufw rule is then closed to new connections',
  'guide.replaces':
    'an empty PostgreSQL cluster of the same version, with disk space for the whole primary, is replaced by a copy of the primary',
  'guide.composeTitle': 'Name both Compose files from now on',
  'guide.composeAlways':
    'docker compose must read {file} each time, in every later command too, or the container starts without its certificate and its port is published as before. Requires Docker Compose 2.24.4 or later. For example:',
  'guide.accountsTitle': 'Create the accounts',
  'guide.accounts':
    'Create these accounts unless they exist: {names}. Each one needs ~/.ssh/authorized_keys and no shell: useradd --create-home --shell /usr/sbin/nologin NAME. Administrators must not be among them.',
  'guide.accountsGroups':
    'Create these accounts and groups unless they exist: {names}. Every person gets an account in one of them, with ~/.ssh/authorized_keys and no shell: useradd --create-home --shell /usr/sbin/nologin --groups GROUP NAME. An account outside these groups is not restricted, and administrators must not be in them.',
  'guide.wayTitle': 'Open the connection through the bastion',
  'guide.asksPassphrase':
    'It asks for a new passphrase for the CA key. Store it in a password manager: every renewal asks for it.',
  'guide.changeDirectory': 'The warning "could not change directory" has no effect.',
  'guide.prepareTitle': 'Bring the certificate',
  'guide.runDaily': 'Run it once now, and every day from cron or another scheduler: nothing else warns you.',
  'guide.asksStandby':
    'It asks before it stops and replaces the cluster, and for the password of the replication role. If you mistyped it, run the script again with --new-password.',
  'guide.undoStandby':
    'Run this on the machine that has {folder}. The copy is kept next to the data directory; delete it once you no longer need it.',
  'guide.undoSlots': 'Drop the slots of the replicas on the database server',
  'guide.undoSlotsWhy': 'A slot that no replica reads keeps WAL until the disk is full.',
  'guide.undoClients': 'On the client machines, bash clients/add-ca.sh --remove removes the CA.',
  'guide.undoKeys':
    'make-key.sh leaves the private key of the tunnel in /etc/wireguard. Delete it if the tunnel is not set up again.',
  'renewal.inCompose':
    'Run this in the directory of compose.yaml. The first argument is the folder with the new files.',
  'renewal.lostTitle': 'If a client key is lost',
  'renewal.lost':
    'This plan has no certificate revocation list (CRL), so a lost certificate is valid until it expires. At once: ALTER ROLE name NOLOGIN, and end its sessions with pg_terminate_backend. Then choose a CRL in the plan, or replace the CA as below.',
} as const;
