import type { TargetPage } from '../page.ts';

const keygen = { title: 'ssh-keygen(1), CERTIFICATES', url: 'https://man.openbsd.org/ssh-keygen#CERTIFICATES' };

export const sshAuthorityPage: TargetPage = {
  id: 'ssh-authority',
  title: 'SSH authority',
  summary: 'Users of the bastion log in with certificates that name their account, allow forwards only, and end.',
  does: [
    'Makes the key of the authority on your own machine, which never leaves it.',
    'Signs public keys for one account and a number of days, without terminal, agent or X11.',
    'Revokes a key with all of its certificates, by a list that sshd asks at each login.',
    'The bastion trusts it for the accounts of the plan only, and takes no other key from them.',
  ],
  doesNot: [
    'Renew by itself: the owner of a certificate that has ended is refused.',
    'End a connection that is open when its certificate ends or is revoked.',
    'Concern administrators, who log in as before.',
  ],
  undo: [
    'Take the answer back and run install-sshd.sh with the new files; the accounts need authorized_keys again.',
    'Delete the folder ssh-authority on your machine.',
  ],
  pitfalls: [
    {
      text: 'Where sshd_config sets AuthorizedPrincipalsFile for everyone, the account must stand in that file too, and a Match block cannot switch it off.',
      source: {
        title: 'sshd_config(5), AuthorizedPrincipalsFile',
        url: 'https://man.openbsd.org/sshd_config#AuthorizedPrincipalsFile',
      },
    },
    {
      text: 'A certificate is valid for every account that it names, and for none if it names nobody that exists.',
      source: keygen,
    },
    {
      text: 'If the list of revoked keys cannot be read, public keys are refused for everyone who is held to it.',
      source: { title: 'sshd_config(5), RevokedKeys', url: 'https://man.openbsd.org/sshd_config#RevokedKeys' },
    },
  ],
};
