import type { ReactNode } from 'react';
import type { PlanIssue } from '../../../core/index.ts';
import { kindOf, useIssuesAt } from '../answers/issues.ts';
import { useUnchangedUnder } from '../draft/preset-answers.ts';
import { type QuestionId, t, type Values, why } from '../messages/translate.ts';
import { fieldId } from '../navigation/field-id.ts';
import { Problems } from './Problems.tsx';

/** The properties that every control gets from its field. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

interface Props {
  readonly path: string;
  readonly question: QuestionId;
  readonly values?: Values;
  /** Problems to show in addition to those of the path itself. */
  readonly more?: readonly PlanIssue[];
  readonly onFix?: (issue: PlanIssue, fix: string) => void;
  readonly children: (control: ControlProps) => ReactNode;
}

/** A question: its label, the reason for asking, the control and the problems of the answer. */
export function Field({ path, question, values, more = [], onFix, children }: Props) {
  const own = useIssuesAt(path);
  const issues = [...own, ...more, ...useUnchangedUnder(path)];
  const id = fieldId(path);
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="block font-semibold">
        {t(question, values)}
      </label>
      <p id={`${id}-why`} className="mb-1.5 text-muted">
        {why(question)}
      </p>
      {children({
        id,
        'aria-describedby': describedBy(id, issues),
        'aria-invalid': issues.some((issue) => kindOf(issue) === 'invalid'),
      })}
      <Problems id={`${id}-problems`} issues={issues} {...(onFix ? { onFix } : {})} />
    </div>
  );
}

export const describedBy = (id: string, issues: readonly PlanIssue[]): string =>
  issues.length > 0 ? `${id}-problems ${id}-why` : `${id}-why`;
