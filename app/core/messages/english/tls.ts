export const tlsMessages = {
  'certificates.title':
    'Creates the private certificate authority (CA), the server certificate, and the certificates of the clients that log in with one.',
  'certificates.clientTitle':
    'Creates a private CA for the clients that log in with a certificate, and their certificates.',
  'certificates.intro':
    'Run it on your own machine, not on the server: bash make-certificates.sh. It requires openssl and writes to the directory certificates next to it. The key of the CA is encrypted with a passphrase, which is asked for in the terminal or read from the first line of the file that CA_PASSPHRASE_FILE names; --no-passphrase as the first word leaves it unencrypted. Safe to re-run: keys and the CA are never overwritten, missing files are created, and a certificate is issued again for its key when its names change or it expires within a month (or within the last third of a short lifetime).',
  'certificates.passphrase':
    'The passphrase of the CA key. It is passed to openssl through a pipe, so it is never in a command line, an environment variable or a file.',
  'certificates.machines':
    'One folder for each machine with the files that it needs. Copy only that folder. The CA key is in none of them.',
  'certificates.authority':
    'The CA with which clients verify the server, and the server verifies clients. Its key never leaves this machine.',
  'certificates.clientAuthority':
    'The CA with which the server verifies its clients. It is independent of the server certificate.',
  'certificates.server':
    'For the server, valid for every name and address that clients connect to: {names}. It is valid only as a server certificate, not as a client certificate.',
  'certificates.client':
    'For the role {role}: PostgreSQL compares the common name with the role, byte by byte. It is valid only as a client certificate.',
  'certificates.rotation':
    'Replaces the CA in three steps: announce the new CA, sign with it, retire the old one. In between, everyone trusts both.',
  'certificates.revocation':
    'Revokes certificates. Copy the certificate revocation list (CRL) to the server; it is valid for {days} days, and once it expires the server rejects every client certificate.',
  'certificates.bundles':
    'What a person or service needs to log in with its certificate, as one archive. It contains the key, so treat it like a password.',
  'certificates.choice':
    'renew issues certificates with new keys, all or those that you name; revoke and rotate are described above. Everything below happens at each run.',
  'certificates.closing': 'Which file goes to which machine.',

  'bundle.server': 'the server',
  'bundle.what': 'To log in to PostgreSQL on {host} as {role}.',
  'bundle.root':
    'root.crt: the CA of the server. If ~/.postgresql/root.crt (on Windows %APPDATA%\\postgresql\\root.crt) does not exist, copy it there. If it exists, append the text of root.crt to it: the file can contain the CAs of several servers.',
  'bundle.pair':
    '{name}.crt and {name}.key: to ~/.postgresql/, then chmod 600 ~/.postgresql/{name}.key; set sslcert and sslkey to these files, or rename them to postgresql.crt and postgresql.key, which libpq uses by default.',
  'bundle.java': '{name}.pk8: the same key for Java, with sslcert={name}.crt and sslkey={name}.pk8.',
  'bundle.secret':
    'The keys have no password: anyone who has these files can log in as {role}. Delete the archive when they are in place, and report immediately if they are lost, so that the certificate can be revoked.',

  'install.title':
    'Installs the certificate files where postgresql.conf expects them, with the owner and mode that PostgreSQL requires.',
  'install.intro':
    'Copy the files in certificates/machines/database-server of make-certificates.sh next to this file, then run it as root. The first argument can name another directory, the second another certificate than server. Once the key is installed, it is removed from this directory.',
  'install.clientIntro':
    'Copy the files in certificates/machines/database-server of make-certificates.sh next to this file, then run it as root. The first argument can name another directory.',
  'install.windowsIntro':
    'Copy the files in certificates\\machines\\database-server of make-certificates.sh next to this file, then run it in PowerShell as administrator. Once the key is installed, it is removed from this directory.',
  'install.windowsClientIntro':
    'Copy ca.crt from certificates\\machines\\database-server of make-certificates.sh next to this file, then run it in PowerShell as administrator.',
  'install.windowsRights':
    'Only the account of the service, Administrators and SYSTEM can read the key. The groups are specified by their security identifiers, which are the same in every language of Windows.',
  'install.remove':
    'The key is in place, so the copy in this directory is removed. The machine that issues certificates has the original.',
  'install.pair': 'The key does not belong to the certificate. Copy both from the same run of make-certificates.sh.',
  'install.checks': 'Nothing is replaced by files that do not match each other.',
  'install.account':
    'The files belong to the account that the server runs as; PostgreSQL rejects a key that others can read.',
  'install.container':
    'In the image the account has a numeric ID that the host has no name for. For an image other than the official one: IMAGE=postgres:18-alpine bash, then the name of this file.',
  'install.shown': 'The certificate with which this replica logs in to the primary.',
  'install.files': 'They replace earlier files, if any. The running server keeps the earlier ones until it reloads.',

  'addCa.title': 'Adds the CA of the server to {target}, and keeps the certificates of other servers there.',
  'addCa.intro':
    'Copy certificates/ca.crt of make-certificates.sh next to it, then run it as the person or service that connects: bash add-ca.sh. Run it again after a new CA; bash add-ca.sh --remove removes what it added. On Windows, add the text of ca.crt to %APPDATA%\\postgresql\\root.crt.',
  'addCa.how': 'The lines around the certificate mark the part that a later run replaces.',

  'check.title': 'Warns before a certificate or certificate revocation list (CRL) expires.',
  'check.intro':
    'Run it every day, with the timer next to it or with cron. It warns {days} days before, or the number of days in its first argument. Exit code 0: nothing expires soon; 1: something expires soon; 2: something has expired or is missing.',
  'check.files': 'The files that are checked.',
  'check.how': 'Each certificate and each CRL in a file, with its own expiry date.',
  'check.unit': 'Runs the check; systemctl --failed shows when something expires soon.',
  'check.timer': 'Runs the check every day.',
  'check.when': 'A CRL or certificate that expires unnoticed locks clients out.',

  'getCertificate.title':
    "Gets the certificate for {name} from Let's Encrypt, before PostgreSQL is configured to use it.",
  'getCertificate.intro':
    'Run it as root before apply.sh. It requires the package certbot. Without arguments, certbot answers the CA itself on port 80 of this machine (HTTP-01), so the name must resolve to this machine and port 80 must be free. Arguments replace this and are passed to certbot: --webroot -w /var/www/html for a web server that uses port 80, or a DNS plugin such as --dns-route53, which requires no open port. Safe to re-run: a valid certificate is kept.',
  'getCertificate.cloud':
    'The cloud firewall in front of this machine is not changed: allow port 80 there for the first certificate and for each renewal, or use a DNS plugin.',
  'getCertificate.otherFirewall':
    'The firewall on this machine is not changed. If it blocks port 80, allow that port, or use a DNS plugin.',
  'getCertificate.how':
    'Port 80 is open only while certbot runs. Then the deploy hook copies the certificate to where PostgreSQL reads it.',
  'getCertificate.port':
    "Let's Encrypt connects to port 80 from addresses that it doesn't publish, so the port is open to every address, but only during a renewal. The rule has its own comment; other rules are not changed.",
  'getCertificate.preTitle': 'Opens port 80 before certbot renews a certificate through it.',
  'getCertificate.postTitle': 'Closes port 80 after certbot is done.',

  'letsEncrypt.title': "Copies each renewed Let's Encrypt certificate to PostgreSQL.",
  'letsEncrypt.intro':
    'certbot runs it after each renewal of {name}. get-certificate.sh runs it once for the first certificate.',
  'letsEncrypt.lineage':
    'certbot runs every hook for every certificate; this one acts only for certificates with the name of the server, whatever certbot calls them.',
  'letsEncrypt.other': ' is not for {name}: nothing changed.',
  'letsEncrypt.copy':
    'Copies, because only root can read the originals. The key gets the mode that PostgreSQL requires.',
  'letsEncrypt.pair': 'The key does not belong to the certificate; the files that PostgreSQL has stay.',
  'letsEncrypt.reload': 'New connections get the new certificate; open ones are not interrupted.',
} as const;
