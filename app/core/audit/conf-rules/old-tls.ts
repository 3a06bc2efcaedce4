import { CIS } from '../cis.ts';
import { atSetting, type ConfRule } from '../rule.ts';
import { rewritten } from '../setting-text.ts';

export const oldTls: ConfRule = {
  id: 'old-tls',
  severity: 'warning',
  title: 'TLS of a version that is no longer safe',
  why: 'TLS 1.0 and 1.1 were retired in 2021 (RFC 8996): they rest on hashes that can be forged. Every libpq and driver of the last ten years speaks 1.2.',
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
          ...rewritten(conf, setting, { value: name.includes('min') ? "'TLSv1.2'" : "''" }, 'Use TLS 1.2 and later'),
        );
    }
  },
};
