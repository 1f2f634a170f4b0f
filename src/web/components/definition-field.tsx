import type { ComponentChildren } from 'preact';
import type { FaultKey } from '../definition-check.ts';
import { placeOfField } from '../definition-fields.ts';
import type { FieldKind } from '../definition-values.ts';
import type { DefinitionView } from '../definition-view.ts';
import { fieldHint, fieldLabel } from '../definition-words.ts';

type View = Pick<DefinitionView, 'form' | 'faults' | 'texts'>;

/** Id of the element of a field. */
export function fieldId(name: string): string {
  return `f-${name.replaceAll('.', '-')}`;
}

/** What stands in a field. */
export function fieldText({ form }: Pick<View, 'form'>, name: string): string {
  const place = placeOfField(name);
  if (place === null) return '';
  if (place.list === null) return form.fields[name] ?? '';
  return form.rows[place.list][place.index ?? -1]?.fields[place.name] ?? '';
}

interface WrapProps {
  readonly view: View;
  readonly name: string;
  readonly label?: string | undefined;
  readonly hint?: string | undefined;
  readonly wide?: boolean | undefined;
}

/** The sentence beside a field that is at fault. */
export function Fault({ id, fault, texts }: { id: string; fault: FaultKey; texts: View['texts'] }) {
  return (
    <p class="field-fault" id={id}>
      {texts.t(`fault.${fault}`)}
    </p>
  );
}

/** Attributes that tie a field to its hint and to what is wrong with it. */
export function describedBy(view: View, name: string, hint: string | undefined) {
  const id = fieldId(name);
  const fault = view.faults.find(({ field }) => field === name);
  const ids = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(fault === undefined ? [] : [`${id}-fault`]),
  ];
  return {
    fault,
    attributes: {
      id,
      ...(ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') }),
      ...(fault === undefined ? {} : { 'aria-invalid': 'true' as const }),
    },
  };
}

function Wrap({ view, name, label, hint, wide, children }: WrapProps & { children: ComponentChildren }) {
  const { texts } = view;
  const { fault } = describedBy(view, name, hint);
  const id = fieldId(name);
  return (
    <div class={wide ? 'draft-field draft-wide' : 'draft-field'}>
      <label for={id}>{label ?? fieldLabel(name, texts)}</label>
      {hint !== undefined && (
        <p class="note" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault !== undefined && <Fault id={`${id}-fault`} fault={fault.fault} texts={texts} />}
      {children}
    </div>
  );
}

const TYPES: Partial<Record<FieldKind, 'date' | 'time'>> = { date: 'date', time: 'time' };
const DECIMAL: readonly FieldKind[] = ['percent', 'number'];

/** A field of one line: what stands in it is as it was typed. */
export function TextField(props: WrapProps & { readonly list?: string; readonly lang?: string }) {
  const { view, name, list, lang } = props;
  const kind = placeOfField(name)?.kind ?? 'text';
  const hint = props.hint ?? fieldHint(name, view.texts);
  const text = fieldText(view, name);
  const decimal = DECIMAL.includes(kind);
  const { attributes } = describedBy(view, name, hint);
  const numeric = decimal || kind === 'whole' || kind === 'days';
  return (
    <Wrap {...props} hint={hint}>
      <input
        {...attributes}
        type={TYPES[kind] ?? 'text'}
        name={name}
        value={decimal && view.texts.locale === 'fr' ? text.replace('.', ',') : text}
        inputMode={decimal ? 'decimal' : numeric ? 'numeric' : kind === 'iri' ? 'url' : undefined}
        class={numeric ? 'draft-number' : undefined}
        list={list}
        lang={lang}
        autocomplete="off"
      />
    </Wrap>
  );
}

/** A choice among a few. */
export function ChoiceField(
  props: WrapProps & { readonly options: readonly (readonly [value: string, words: string])[] },
) {
  const { view, name, options } = props;
  const hint = props.hint ?? fieldHint(name, view.texts);
  const text = fieldText(view, name);
  const { attributes } = describedBy(view, name, hint);
  return (
    <Wrap {...props} hint={hint}>
      <select {...attributes} name={name}>
        {options.map(([value, words]) => (
          <option key={value} value={value} selected={value === text}>
            {words}
          </option>
        ))}
      </select>
    </Wrap>
  );
}

/** A box to tick; a hidden field of its name says that it was there. */
export function FlagField({ view, name, label, hint: given }: WrapProps) {
  const { texts } = view;
  const hint = given ?? fieldHint(name, texts);
  const { attributes, fault } = describedBy(view, name, hint);
  const id = fieldId(name);
  return (
    <div class="draft-field">
      <input type="hidden" name={name} value="" />
      <div class="draft-flag">
        <input
          {...attributes}
          type="checkbox"
          name={name}
          value="on"
          checked={fieldText(view, name) === 'on'}
        />
        <label for={id}>{label ?? fieldLabel(name, texts)}</label>
      </div>
      {hint !== undefined && (
        <p class="note" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault !== undefined && <Fault id={`${id}-fault`} fault={fault.fault} texts={texts} />}
    </div>
  );
}

/** Fields that belong together. */
export function Group({
  title,
  text,
  children,
  id,
}: {
  readonly title: string;
  readonly text?: string | undefined;
  readonly id?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <fieldset class="card draft-group" id={id} tabIndex={id === undefined ? undefined : -1}>
      <legend>
        <h2>{title}</h2>
      </legend>
      {text !== undefined && <p class="note">{text}</p>}
      {children}
    </fieldset>
  );
}

/** A button that does something to the form, and comes back to a place in it. */
export function Act({
  view,
  act,
  to,
  label,
  children,
}: {
  readonly view: Pick<DefinitionView, 'path' | 'texts'>;
  readonly act: string;
  readonly to?: string;
  readonly label?: string;
  readonly children: ComponentChildren;
}) {
  const action = to === undefined ? undefined : `${view.path}?lang=${view.texts.locale}#${to}`;
  return (
    <button class="button-quiet" type="submit" name="do" value={act} formaction={action} aria-label={label}>
      {children}
    </button>
  );
}
