import { useAt } from '../../draft/store.ts';
import { CheckField } from '../../fields/CheckField.tsx';

/** Asked where the server can do it; and where it was answered before, so that the refusal can be seen. */
export function DirectTls() {
  const possible = Number(useAt('server.major')) >= 17;
  const chosen = useAt('security.directTls') === true;
  return possible || chosen ? <CheckField path="security.directTls" question="security.directTls" /> : null;
}
