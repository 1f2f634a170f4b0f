import { PORTFOLIO_STATES, PORTFOLIO_TAGS } from '../../metrics/portfolio-types.ts';
import type { Texts } from '../intl.ts';
import { isNarrowed, portfolioHref } from '../portfolio-query.ts';
import type { PortfolioView } from '../portfolio-view.ts';

/** `2026-Q3` as people write it. */
export function quarterWords(quarter: string, texts: Texts): string {
  return texts.t('portfolio.quarter', { year: quarter.slice(0, 4), quarter: quarter.slice(6) });
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly any: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly chosen: string | undefined;
}

function Choice({ name, label, any, options, chosen }: ChoiceProps) {
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name}>
        <option value="">{any}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Which cohorts are looked at, and whether by programme or by business unit. */
export function PortfolioFilter({ view }: { view: PortfolioView }) {
  const { texts, path, query, portfolio } = view;
  const { t } = texts;
  const { choices } = portfolio;
  const same = (values: readonly string[]) => values.map((value) => [value, value] as const);
  const quarters = choices.quarter.map((quarter) => [quarter, quarterWords(quarter, texts)] as const);
  const kinds = (['spoc', 'blended'] as const).map((kind) => [kind, t(`kind.${kind}`)] as const);
  const states = PORTFOLIO_STATES.map((state) => [state, t(`portfolio.state.${state}`)] as const);
  const field = (name: 'programme' | 'businessUnit', any: string) => (
    <Choice
      name={name}
      label={t(`portfolio.${name}`)}
      any={any}
      options={same(choices[name])}
      chosen={query[name]}
    />
  );
  const cleared = Object.fromEntries(
    [...PORTFOLIO_TAGS, 'kind', 'state', 'from', 'to'].map((name) => [name, undefined]),
  );
  return (
    <search aria-label={t('portfolio.filter')}>
      <form class="filter portfolio-filter" method="get" action={path}>
        {query.lang && <input type="hidden" name="lang" value={query.lang} />}
        {query.by !== 'programme' && <input type="hidden" name="by" value={query.by} />}
        {query.sort !== 'name' && <input type="hidden" name="sort" value={query.sort} />}
        {field('programme', t('portfolio.allProgrammes'))}
        {field('businessUnit', t('portfolio.all'))}
        <Choice
          name="kind"
          label={t('portfolio.kind')}
          any={t('portfolio.all')}
          options={kinds}
          chosen={query.kind}
        />
        <Choice
          name="state"
          label={t('portfolio.state')}
          any={t('portfolio.state.any')}
          options={states}
          chosen={query.state}
        />
        <Choice
          name="from"
          label={t('portfolio.from')}
          any={t('portfolio.anyQuarter')}
          options={quarters}
          chosen={query.from}
        />
        <Choice
          name="to"
          label={t('portfolio.to')}
          any={t('portfolio.anyQuarter')}
          options={quarters}
          chosen={query.to}
        />
        <div class="actions">
          <button type="submit">{t('portfolio.submit')}</button>
          {isNarrowed(query) && <a href={portfolioHref(path, query, cleared)}>{t('portfolio.reset')}</a>}
        </div>
      </form>
    </search>
  );
}
