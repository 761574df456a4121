// SPDX-License-Identifier: Apache-2.0
import Form from '@rjsf/core';
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import validator from '@rjsf/validator-ajv8';
import { useText } from '../useText';
import type { ParameterFormProps } from './ParameterForm';
import styles from './parameters.module.css';
import { schemaTemplates } from './schemaTemplates';
import { schemaWidgets } from './schemaWidgets';

const UI: UiSchema = { 'ui:submitButtonOptions': { norender: true } };

/** {@link ParameterForm} with its library; loaded when a form is drawn. */
export function SchemaForm(props: ParameterFormProps) {
  const { schema, values, onChange } = props;
  const t = useText();
  const isReadOnly = onChange === undefined;
  const form: RJSFSchema = schema;
  return (
    <div className={styles.form} role="group" aria-label={t('parameters.form')}>
      <Form
        // Inside a dialog's form there may be no other.
        tagName="div"
        schema={form}
        uiSchema={UI}
        formData={values}
        validator={validator}
        widgets={schemaWidgets}
        templates={schemaTemplates}
        readonly={isReadOnly}
        liveValidate={!isReadOnly}
        showErrorList={false}
        noHtml5Validate
        onChange={event => onChange?.(event.formData)}
      />
    </div>
  );
}
