export const tlsMessages = {
  'certificates.title':
    'Makes the private certificate authority, the certificate of the server and those of the clients that log in with one.',
  'certificates.clientTitle':
    'Makes a private authority for the clients that log in with a certificate, and their certificates.',
  'certificates.intro':
    'Run it on your own machine, not on the server: bash make-certificates.sh. It needs openssl. Everything goes into the directory certificates beside it. It may run again: keys and the authority are never overwritten, what is missing is made, and a certificate is made anew from its key when its names changed or it expires within a month.',
  'certificates.authority':
    'The authority that clients know the server by, and the server its clients. Its certificate may sign others; its key never leaves this machine.',
  'certificates.clientAuthority':
    'The authority that the server knows its clients by. It has nothing to do with the certificate of the server.',
  'certificates.server':
    'For the server, valid for every name and address that clients connect to: {names}. It can prove a server only, never a client.',
  'certificates.client':
    'For the role {role}: PostgreSQL compares the common name with the role, byte by byte. It can prove a client only.',
  'certificates.closing': 'Which file goes to which machine.',

  'install.title':
    'Puts the certificate files where postgresql.conf names them, with the owner and mode that PostgreSQL accepts.',
  'install.intro':
    'Copy server.crt, server.key and ca.crt from make-certificates.sh beside this file, then run it as root. Another directory may follow as first word, and another name than server as second.',
  'install.clientIntro':
    'Copy ca.crt from make-certificates.sh beside this file, then run it as root. Another directory may follow as first word.',
  'install.checks': 'Nothing is replaced by files that do not fit together.',
  'install.account':
    'The files belong to the account that the server runs as; PostgreSQL refuses a key that others may read.',
  'install.container':
    'In the image the account has a number that the host does not know by name. For another image than the official one: IMAGE=postgres:18-alpine bash, then the name of this file.',
  'install.files': 'Copied over the earlier ones, if any; the running server keeps those until it reloads.',

  'letsEncrypt.title': "Gives each renewed certificate of Let's Encrypt to PostgreSQL.",
  'letsEncrypt.intro':
    'Install it at its place with mode 0755; certbot runs it after each renewal. Run it once by hand after: certbot certonly -d {name}. The name must lead to a machine where certbot can answer, or use a DNS challenge.',
  'letsEncrypt.lineage':
    'certbot runs every hook for every certificate; this one acts for the certificate of the server only.',
  'letsEncrypt.copy':
    'Copies, because only root may read the originals. The key gets the mode that PostgreSQL accepts.',
  'letsEncrypt.reload': 'New connections get the new certificate; open ones are not interrupted.',
} as const;
