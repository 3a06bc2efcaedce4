import { CURVES } from '../../../../../core/index.ts';
import { change, useAt } from '../../../../shared/draft/store.ts';
import { SelectField } from '../../../../shared/fields/SelectField.tsx';
import { TextField } from '../../../../shared/fields/TextField.tsx';
import { t } from '../../../../shared/messages/translate.ts';

/** Since 18 a list of groups, before that one curve. */
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
