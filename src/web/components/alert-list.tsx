import type { CohortDefinition } from '../../../config/cohort-definition.ts';
import type { Alert } from '../../metrics/types.ts';
import type { Texts } from '../intl.ts';

interface Context {
  readonly texts: Texts;
  readonly definition: CohortDefinition;
}

/** An alert in words, with the cohort's own threshold. */
export function alertWords(alert: Alert, { texts, definition }: Context): string {
  return texts.t(`alert.${alert}`, { days: texts.days(definition.dropout.warnAfterDays) });
}

export function AlertList({ alerts, context }: { alerts: readonly Alert[]; context: Context }) {
  if (alerts.length === 0) return <span class="quiet">{context.texts.t('value.none')}</span>;
  return (
    <ul class="alerts">
      {alerts.map((alert) => (
        <li key={alert}>{alertWords(alert, context)}</li>
      ))}
    </ul>
  );
}
