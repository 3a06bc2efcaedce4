/** What the certificate screen says about a certificate. */
export const certificateMessages = {
  'judge.system': 'the trust store of its system',
  'judge.trusted': 'Chain, dates and key usage are valid. {place} must contain {root}.',
  'judge.trustedName': 'Name, chain, dates and key usage are valid: it matches as {name}. {place} must contain {root}.',
  'judge.issuerMissing':
    'Everything else is valid, but {issuer}, which signed {subject}, is not among the certificates that you provided. It is accepted only if {place} contains that issuer.',
  'judge.issuerMissing.fix': 'Add the certificate of {issuer} here to have it checked.',
  'judge.noIntermediate':
    'The certificate of {issuer}, which signed it, is missing. A public CA never signs with its root, so this is an intermediate that the server must send.',
  'judge.noIntermediate.fix': 'Use fullchain.pem, which contains the certificate and its intermediates.',
  'judge.unchecked':
    'It does not verify the certificate unless ~/.postgresql/root.crt exists. Another server could impersonate this one.',
  'judge.unchecked.fix': 'Verify chain and host name: sslmode=verify-full.',
  'judge.name': 'The certificate is not for {host}, but for {names}.',
  'judge.noName': 'The certificate contains no host name.',
  'judge.name.fix': 'Have it issued for {host} too, as a subject alternative name.',
  'judge.name.ownFix': 'Run make-certificates.sh of this plan again: it adds {host}.',
  'judge.expired': '{subject} expired on {date}.',
  'judge.expired.fix': 'Renew it, install the new one, and reload.',
  'judge.notYetValid': '{subject} is not valid before {date}.',
  'judge.notYetValid.fix': 'Wait until that day, or set the clock of the machine that signed it and sign again.',
  'judge.purpose': '{subject} is valid for {uses}, not as a {purpose} certificate.',
  'judge.purpose.fix': 'Have it issued with the extended key usage {wanted} and the key usage digitalSignature.',
  'judge.notAuthority': '{subject} signed another certificate but is not a CA.',
  'judge.notAuthority.fix':
    'The certificate that signs needs basicConstraints CA:TRUE and, if it has key usage, keyCertSign.',
  'judge.pathLength': '{subject} allows fewer intermediates below it than there are.',
  'judge.pathLength.fix': 'Sign with a CA closer to the root, or increase its path length.',
  'judge.criticalExtension': '{subject} has a critical extension that OpenSSL does not support: {extensions}.',
  'judge.criticalExtension.fix': 'Have it issued without that extension, or with the extension not critical.',
  'judge.weakKey': '{subject} has a key of {bits} bits ({algorithm}). OpenSSL rejects it at security level 2.',
  'judge.weakKey.fix': 'Create a new key: EC with P-256, or RSA with 2048 bits or more.',
  'judge.weakSignature': '{subject} is signed with {hash}. OpenSSL rejects it at security level 2.',
  'judge.weakSignature.fix': 'Have it signed again with SHA-256.',
  'judge.signature': 'The signature on {subject} was not made by the certificate here that has the name of its issuer.',
  'judge.signature.fix': 'Two CAs have the same name: provide the CA certificate that signed it.',
  'judge.clientTrusted':
    'Its common name is the role, and chain, dates and key usage are valid. {place} must contain {root}.',
  'judge.role': 'The role is {role}, but the common name is {name}. PostgreSQL compares them byte by byte.',
  'judge.role.fix': 'Have a certificate issued with the common name {role}.',
  'judge.noClients': 'No client of this plan logs in with a certificate.',
  'judge.noServer': 'No client of this plan connects over TLS to the machine that this certificate is for.',
  'judge.authority':
    'This is a CA certificate. It belongs in {place} of the clients; add the server certificate to have that checked.',
  'judge.order':
    'The server certificate file must begin with the server certificate, {subject}. Here another certificate comes before it, and PostgreSQL would find that the key does not match.',
  'judge.soon': '{subject} expires in {days} days.',
  'judge.constraints':
    '{subject} restricts the names that it signs for. Postern does not check these name constraints.',
  'judge.signatureUnchecked': 'The signature on {subject} could not be checked here ({algorithm}). The names match.',
} as const;
