import { atSetting, type ConfRule } from '../rule.ts';
import { rewritten } from '../setting-text.ts';

export const md5Passwords: ConfRule = {
  id: 'md5-passwords',
  severity: 'warning',
  title: 'New passwords are stored as MD5',
  why: 'Whoever reads such a secret from a backup or a replica can log in with it as it is, and guesses the password behind it quickly. PostgreSQL 18 says that MD5 passwords will be taken away.',
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
        `password_encryption is ${setting.value}. Secrets that are stored already stay as they are until each password is set again.`,
        ...rewritten(conf, setting, { value: "'scram-sha-256'" }, 'Store new passwords as SCRAM'),
      );
  },
};
