// SPDX-License-Identifier: Apache-2.0
import { Checkbox, Select, TextAreaField, TextField } from '@backstage/ui';
import {
  enumOptionsIndexForValue,
  enumOptionsValueForIndex,
  type BaseInputTemplateProps,
  type RegistryWidgetsType,
  type WidgetProps,
} from '@rjsf/utils';

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function hasErrors(errors: readonly string[] | undefined): boolean {
  return errors !== undefined && errors.length > 0;
}

/** Text and numbers: the form library turns digits into numbers itself. */
export function InputWidget(props: BaseInputTemplateProps) {
  const { id, label, value, required, readonly, disabled, schema } = props;
  const isNumber = schema.type === 'number' || schema.type === 'integer';
  return (
    <TextField
      id={id}
      size="small"
      label={label}
      value={textOf(value)}
      inputMode={isNumber ? 'decimal' : undefined}
      isRequired={required}
      isReadOnly={readonly}
      isDisabled={disabled}
      isInvalid={hasErrors(props.rawErrors)}
      onChange={text => props.onChange(text === '' ? undefined : text)}
    />
  );
}

function LongTextWidget(props: WidgetProps) {
  const { id, label, value, required, readonly, onChange } = props;
  return (
    <TextAreaField
      id={id}
      label={label}
      value={textOf(value)}
      isRequired={required}
      isReadOnly={readonly}
      onChange={text => onChange(text === '' ? undefined : text)}
    />
  );
}

function YesNoWidget(props: WidgetProps) {
  const { id, label, value, readonly, onChange } = props;
  return (
    <Checkbox
      id={id}
      isSelected={value === true}
      isReadOnly={readonly}
      onChange={onChange}
    >
      {label}
    </Checkbox>
  );
}

function ChoiceWidget(props: WidgetProps) {
  const { id, label, value, required, readonly, options, onChange } = props;
  const { enumOptions } = options;
  const index = enumOptionsIndexForValue(value, enumOptions);
  return (
    <Select
      id={id}
      size="small"
      label={label}
      isRequired={required}
      isDisabled={readonly}
      isInvalid={hasErrors(props.rawErrors)}
      options={(enumOptions ?? []).map((option, at) => ({
        id: String(at),
        label: option.label,
      }))}
      value={typeof index === 'string' ? index : undefined}
      onChange={key =>
        onChange(enumOptionsValueForIndex(String(key), enumOptions))
      }
    />
  );
}

/** What draws a value, in the portal's own parts. */
export const schemaWidgets: RegistryWidgetsType = {
  CheckboxWidget: YesNoWidget,
  RadioWidget: ChoiceWidget,
  SelectWidget: ChoiceWidget,
  TextareaWidget: LongTextWidget,
};
