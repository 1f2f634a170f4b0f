import type { PageLocale } from '../../../lti/pages.ts';
import { withFrenchSpaces } from '../intl.ts';
import { registrationMessages } from '../messages/registration.ts';
import { reviewMessages } from '../messages/review.ts';

const messages = {
  fr: { ...registrationMessages.fr, ...reviewMessages.fr },
  en: { ...registrationMessages.en, ...reviewMessages.en },
};

/** A key of the messages of the registration pages. */
export type RegistrationMessage = keyof (typeof messages)['fr'];

/** The words of a language, with `{name}` filled in. */
export function registrationWords(
  locale: PageLocale,
): (key: RegistrationMessage, values?: Readonly<Record<string, string>>) => string {
  return (key, values = {}) => {
    const text = messages[locale][key];
    const set = locale === 'fr' ? withFrenchSpaces(text) : text;
    return set.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  };
}
