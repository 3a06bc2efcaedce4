export const tlsMessages = {
  'certificates.title':
    'Makes the private certificate authority, the certificate of the server and those of the clients that log in with one.',
  'certificates.clientTitle':
    'Makes a private authority for the clients that log in with a certificate, and their certificates.',
  'certificates.intro':
    'Run it on your own machine, not on the server: bash make-certificates.sh. It needs openssl. Everything goes into the directory certificates beside it. It may run again: keys and the authority are never overwritten, what is missing is made, and a certificate is made anew from its key when its names changed or it expires within a month, with a short life within its last third.',
  'certificates.authority':
    'The authority that clients know the server by, and the server its clients. Its certificate may sign others; its key never leaves this machine.',
  'certificates.clientAuthority':
    'The authority that the server knows its clients by. It has nothing to do with the certificate of the server.',
  'certificates.server':
    'For the server, valid for every name and address that clients connect to: {names}. It can prove a server only, never a client.',
  'certificates.client':
    'For the role {role}: PostgreSQL compares the common name with the role, byte by byte. It can prove a client only.',
  'certificates.rotation':
    'A new authority, in three steps: announce it, sign with it, retire the old one. In between everyone trusts both.',
  'certificates.revocation':
    'Takes certificates back. The server reads the list that you give it; it counts for {days} days, and once it expires the server refuses every client certificate.',
  'certificates.bundles':
    'What a person or service needs to log in with its certificate, as one archive. The key is in it, so treat it like a password.',
  'certificates.choice':
    'renew makes certificates with new keys, all or those named; revoke and rotate do what stands above. Everything below happens at each run.',
  'certificates.closing': 'Which file goes to which machine.',

  'bundle.server': 'the server',
  'bundle.what': 'To log in to PostgreSQL on {host} as {role}.',
  'bundle.root':
    'root.crt: to ~/.postgresql/root.crt (on Windows %APPDATA%\\postgresql\\root.crt). It shows which server is the right one.',
  'bundle.pair':
    '{name}.crt and {name}.key: to ~/.postgresql/, then chmod 600 ~/.postgresql/{name}.key; name both with sslcert and sslkey, or call them postgresql.crt and postgresql.key, which libpq finds by itself.',
  'bundle.java': '{name}.pk8: the same key for Java, with sslcert={name}.crt and sslkey={name}.pk8.',
  'bundle.secret':
    'The keys have no password: whoever has these files can log in as {role}. Delete the archive when they are in place, and say at once if they are lost, so that the certificate can be revoked.',

  'install.title':
    'Puts the certificate files where postgresql.conf names them, with the owner and mode that PostgreSQL accepts.',
  'install.intro':
    'Copy server.crt, server.key and ca.crt (and ca.crl, where there is one) from make-certificates.sh beside this file, then run it as root. Another directory may follow as first word, and another name than server as second.',
  'install.clientIntro':
    'Copy ca.crt from make-certificates.sh beside this file, then run it as root. Another directory may follow as first word.',
  'install.pair': 'The key does not belong to the certificate. Copy both from the same run of make-certificates.sh.',
  'install.checks': 'Nothing is replaced by files that do not fit together.',
  'install.account':
    'The files belong to the account that the server runs as; PostgreSQL refuses a key that others may read.',
  'install.container':
    'In the image the account has a number that the host does not know by name. For another image than the official one: IMAGE=postgres:18-alpine bash, then the name of this file.',
  'install.files': 'Copied over the earlier ones, if any; the running server keeps those until it reloads.',

  'check.title': 'Warns before a certificate or revocation list ends.',
  'check.intro':
    'Run it every day, by the timer beside it or by cron. It warns {days} days before, or as many as its first word says. Exit code 0: all is well; 1: something ends soon; 2: something has ended or is missing.',
  'check.files': 'What is looked at.',
  'check.how': 'Each certificate and each list of a file, with its own end.',
  'check.unit': 'Runs the check; systemctl --failed shows when something ends soon.',
  'check.timer': 'Runs the check every day.',
  'check.when': 'A revocation list or certificate that ends unseen locks clients out.',

  'letsEncrypt.title': "Gives each renewed certificate of Let's Encrypt to PostgreSQL.",
  'letsEncrypt.intro':
    'Install it at its place with mode 0755; certbot runs it after each renewal. Run it once by hand after: certbot certonly -d {name}. The name must lead to a machine where certbot can answer, or use a DNS challenge.',
  'letsEncrypt.lineage':
    'certbot runs every hook for every certificate; this one acts for those that certify the name of the server, whatever certbot calls them.',
  'letsEncrypt.other': ' is not for {name}: nothing changed.',
  'letsEncrypt.copy':
    'Copies, because only root may read the originals. The key gets the mode that PostgreSQL accepts.',
  'letsEncrypt.pair': 'The key does not belong to the certificate; the files that PostgreSQL has stay.',
  'letsEncrypt.reload': 'New connections get the new certificate; open ones are not interrupted.',
} as const;
