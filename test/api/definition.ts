type Loose = Record<string, unknown>;

const QUIZ = 'https://lms.example.org/mod/quiz/view.php?id=18';

/** A valid definition, with whatever a test wants to see in it. */
export function definition(changes: Loose = {}): Loose & { readonly id: string } {
  return {
    id: 'class-9',
    title: { fr: 'Gestion de projet', en: 'Project management' },
    kind: 'spoc',
    startsOn: '2026-09-07',
    endsOn: '2026-11-27',
    units: [
      { id: 'https://lms.example.org/mod/page/view.php?id=12', satisfiedBy: 'Completed' },
      { id: QUIZ, modality: 'assessment', satisfiedBy: 'Passed', minScore: 0.6 },
    ],
    ...changes,
  };
}

/** An account on the platform of the definition. */
export function account(name: string) {
  return { account: { homePage: 'https://lms.example.org', name } };
}
