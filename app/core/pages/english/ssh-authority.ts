import { file, man, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const sshLab = test('e2e/lab/ssh.test.ts');
const ours = file('app/core/bundle/bastion/authority.ts');

export const sshAuthorityPage: TargetPage = {
  id: 'ssh-authority',
  title: 'SSH certificate authority',
  summary: 'Bastion users log in with certificates that name their account, allow only forwarding, and expire.',
  does: says(
    sshLab,
    'Creates the CA key on your own machine; it never leaves that machine.',
    'Signs public keys for one account and a number of days, without terminal, agent forwarding or X11.',
    'Revokes a key and all of its certificates, with a list that sshd checks at each login.',
    'The bastion trusts the CA only for the accounts of the plan, and accepts no other key from them.',
  ),
  doesNot: [
    ...says(sshLab, 'Renew by itself: a user whose certificate has expired is rejected.'),
    ...says(ours, 'End an open connection when its certificate expires or is revoked.'),
    ...says(sshLab, 'Affect administrators, who log in as before.'),
  ],
  undo: says(
    ours,
    'Revert the setting in the plan and run install-sshd.sh with the new files; the accounts need authorized_keys again.',
    'Delete the directory ssh-authority on your machine.',
  ),
  pitfalls: [
    ...says(
      man('sshd_config(5), AuthorizedPrincipalsFile', 'https://man.openbsd.org/sshd_config#AuthorizedPrincipalsFile'),
      "If sshd_config sets AuthorizedPrincipalsFile for everyone, that file must list the account too, and a Match block can't turn the setting off.",
    ),
    ...says(
      man('ssh-keygen(1), CERTIFICATES', 'https://man.openbsd.org/ssh-keygen#CERTIFICATES'),
      'A certificate is valid for every account that it names, and for none if it names no account that exists.',
    ),
    ...says(
      man('sshd_config(5), RevokedKeys', 'https://man.openbsd.org/sshd_config#RevokedKeys'),
      "If the list of revoked keys can't be read, public key authentication is refused for every account the setting applies to.",
    ),
  ],
};
