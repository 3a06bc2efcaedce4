import { atSetting, type ConfRule } from '../rule.ts';
import { rewritten } from '../setting-text.ts';

export const md5Passwords: ConfRule = {
  id: 'md5-passwords',
  severity: 'medium',
  title: 'New passwords are stored as MD5',
  why: 'Anyone who reads an MD5 password hash from a backup or a replica can log in with the hash itself, and can crack the password quickly. PostgreSQL 18 announces that MD5 passwords will be removed.',
  wrong: 'password_encryption = md5',
  right: "password_encryption = 'scram-sha-256'",
  references: [
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
  ],
  *check({ conf, settings, major }) {
    const setting = settings.get('password_encryption');
    if (!setting) return;
    const value = setting.value.toLowerCase();
    if (value === 'md5' || (major < 14 && ['on', 'true', 'yes', '1'].includes(value)))
      yield atSetting(
        setting,
        `password_encryption is ${setting.value}. Stored hashes don't change until each password is set again.`,
        ...rewritten(conf, setting, { value: "'scram-sha-256'" }, 'Store new passwords as SCRAM hashes'),
      );
  },
};
