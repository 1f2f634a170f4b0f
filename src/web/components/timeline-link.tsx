import { timelinePath } from '../paths.ts';
import type { LearnerView } from '../views.ts';

/** On a learner's path as staff see it: the way to what happened. */
export function TimelineLink({ view }: { view: LearnerView }) {
  const { staff, launchId, definition, texts } = view;
  if (staff === undefined) return null;
  return (
    <p>
      <a href={`${timelinePath(launchId, definition.id, staff.learnerId)}?lang=${texts.locale}`}>
        {texts.t('timeline.title')}
      </a>
    </p>
  );
}
