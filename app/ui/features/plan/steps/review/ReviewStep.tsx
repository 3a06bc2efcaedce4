import type { Group } from '../../../../shared/navigation/steps.ts';
import { Check } from './Check.tsx';
import { Take } from './Take.tsx';

export default function ReviewStep({ group }: { readonly group: Group }) {
  return group === 'take' ? <Take /> : <Check />;
}
