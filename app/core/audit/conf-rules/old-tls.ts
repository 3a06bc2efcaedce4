import { CIS } from '../cis.ts';
import { atSetting, type ConfRule } from '../rule.ts';
import { rewritten } from '../setting-text.ts';

export const oldTls: ConfRule = {
  id: 'old-tls',
  severity: 'medium',
  title: 'Obsolete TLS version allowed',
  why: 'TLS 1.0 and 1.1 were deprecated in 2021 (RFC 8996) because they rely on hash functions that are no longer secure. Every libpq and driver released in the last ten years supports TLS 1.2.',
  wrong: "ssl_min_protocol_version = 'TLSv1'",
  right: "ssl_min_protocol_version = 'TLSv1.2'",
  references: [
    { title: 'RFC 8996, Deprecating TLS 1.0 and TLS 1.1', url: 'https://www.rfc-editor.org/rfc/rfc8996' },
    CIS.oldTls,
  ],
  *check({ conf, settings, major }) {
    if (major < 12) return;
    for (const name of ['ssl_min_protocol_version', 'ssl_max_protocol_version']) {
      const setting = settings.get(name);
      if (setting && /^tlsv1(?:\.1)?$/i.test(setting.value))
        yield atSetting(
          setting,
          `${name} is ${setting.value}.`,
          ...rewritten(conf, setting, { value: name.includes('min') ? "'TLSv1.2'" : "''" }, 'Require TLS 1.2 or later'),
        );
    }
  },
};
