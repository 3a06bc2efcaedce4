import { CURVES } from '../../../core/index.ts';
import { change, useAt } from '../../draft/store.ts';
import { SelectField } from '../../fields/SelectField.tsx';
import { TextField } from '../../fields/TextField.tsx';
import { t } from '../../messages/translate.ts';

/** From 18 on a list of groups, before it one curve. */
export function KeyExchange() {
  const major = Number(useAt('server.major'));
  if (major >= 18) {
    return (
      <TextField
        path="security.groups"
        question="security.groups"
        optional
        placeholder={t('field.serverDefault')}
        mono
      />
    );
  }
  return (
    <SelectField
      path="security.groups"
      question="security.curve"
      choices={[
        { value: '', label: t('field.serverDefault') },
        ...CURVES.map((value) => ({ value, label: `${t(`security.curve.${value}`)} (${value})` })),
      ]}
      onChoose={(value) => change('security.groups', value === '' ? null : value)}
    />
  );
}
