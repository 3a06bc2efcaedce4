import { useAt } from '../../../../shared/draft/store.ts';
import { CheckField } from '../../../../shared/fields/CheckField.tsx';

/** Shown if the server supports it, and if it is already turned on, so that the problem is visible. */
export function DirectTls() {
  const possible = Number(useAt('server.major')) >= 17;
  const chosen = useAt('security.directTls') === true;
  return possible || chosen ? <CheckField path="security.directTls" question="security.directTls" /> : null;
}
