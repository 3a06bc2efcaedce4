import { useState } from 'react';
import { t } from '../../../shared/messages/translate.ts';
import { useAsked } from '../../../shared/server-files/screen-state.ts';
import { TextLine } from './TextLine.tsx';

const split = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((role) => role.trim())
      .filter((role) => role !== ''),
  ),
];

/**
 * Roles that the user is a member of. Names may contain blanks, so they are separated by commas. The text is kept as
 * typed while it represents the same roles.
 */
export function RolesField({ roles, why }: { readonly roles: readonly string[]; readonly why: string }) {
  const [typed, setTyped] = useState(roles.join(', '));
  const value = split(typed).join() === roles.join() ? typed : roles.join(', ');
  return (
    <TextLine
      label={t('connection.roles')}
      why={why}
      value={value}
      placeholder="staff, analysts"
      onChange={(text) => {
        setTyped(text);
        useAsked.setState(({ connection }) => ({ connection: { ...connection, roles: split(text).slice(0, 200) } }));
      }}
    />
  );
}
