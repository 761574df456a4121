// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type {
  ArrayFieldTemplateProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps,
  TemplatesType,
} from '@rjsf/utils';
import { useText } from '../useText';
import styles from './parameters.module.css';
import { InputWidget } from './schemaWidgets';

function SchemaField(props: FieldTemplateProps) {
  const { id, hidden, children, rawDescription, rawErrors, schema } = props;
  if (hidden) return <div hidden>{children}</div>;
  // Objects and lists say theirs under their own heading.
  const isGroup = schema.type === 'object' || schema.type === 'array';
  return (
    <div className={styles.field}>
      {children}
      {!isGroup && rawDescription && (
        <p id={`${id}-about`} className={styles.about}>
          {rawDescription}
        </p>
      )}
      {rawErrors?.map(error => (
        <p key={error} className={styles.error} role="alert">
          {error}
        </p>
      ))}
    </div>
  );
}

function SchemaGroup(props: ObjectFieldTemplateProps) {
  const { idSchema, title, description, properties } = props;
  const isRoot = idSchema.$id === 'root';
  const fields = properties.map(property => (
    <div key={property.name}>{property.content}</div>
  ));
  if (isRoot) return <div className={styles.fields}>{fields}</div>;
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      {description && <p className={styles.about}>{description}</p>}
      <div className={styles.fields}>{fields}</div>
    </fieldset>
  );
}

function SchemaList(props: ArrayFieldTemplateProps) {
  const { title, items, canAdd, onAddClick, readonly } = props;
  const t = useText();
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      <div className={styles.fields}>
        {items.map(item => (
          <div key={item.key} className={styles.item}>
            <div>{item.children}</div>
            {item.hasRemove && !readonly && (
              <Button
                size="small"
                variant="tertiary"
                onPress={() => item.onDropIndexClick(item.index)()}
              >
                {t('parameters.remove', { name: `${title} ${item.index + 1}` })}
              </Button>
            )}
          </div>
        ))}
        {canAdd && !readonly && (
          <Button size="small" variant="secondary" onPress={() => onAddClick()}>
            {t('parameters.add')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

/** How fields, groups and lists stand together. */
export const schemaTemplates: Partial<TemplatesType> = {
  ArrayFieldTemplate: SchemaList,
  BaseInputTemplate: InputWidget,
  FieldTemplate: SchemaField,
  ObjectFieldTemplate: SchemaGroup,
};
