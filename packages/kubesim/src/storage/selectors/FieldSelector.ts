// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../../kinds/Kind';
import { badRequest } from '../ApiError';
import { valueAt } from '../json';
import type { KubeObject } from '../Objects';
import type { Matches } from './LabelSelector';

const TERM = /^([^=!]+)(==|=|!=)(.*)$/;

/** Parses a `fieldSelector` query. @throws ApiError 400 for fields this kind cannot be selected by. */
export function parseFieldSelector(
  kind: Kind,
  text: string,
): Matches<KubeObject> {
  const terms = text
    .split(',')
    .filter(term => term !== '')
    .map(term => parseTerm(kind, term));
  return object => terms.every(term => term(object));
}

function parseTerm(kind: Kind, term: string): Matches<KubeObject> {
  const parts = TERM.exec(term);
  if (!parts)
    throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  const field = parts[1];
  const wanted = parts[2] !== '!=';
  if (!allowed(kind, field)) throw unknownField(kind, field);
  return object => (fieldText(object, field) === parts[3]) === wanted;
}

function unknownField(kind: Kind, field: string) {
  return badRequest(
    kind.custom || kind.fields.length > 0
      ? `field label not supported: ${field}`
      : `${JSON.stringify(
          field,
        )} is not a known field selector: only "metadata.name", "metadata.namespace"`,
  );
}

function allowed(kind: Kind, field: string): boolean {
  if (field === 'metadata.name') return true;
  if (field === 'metadata.namespace') return kind.namespaced;
  return kind.fields.includes(field);
}

function fieldText(object: KubeObject, field: string): string {
  if (field === 'status.successful')
    return String(valueAt(object, ['status', 'succeeded']) ?? 0);
  if (field === 'source')
    return String(valueAt(object, ['source', 'component']) ?? '');
  const value = valueAt(object, field.split('.'));
  if (field === 'spec.hostNetwork' || field === 'spec.unschedulable')
    return String(value ?? false);
  return value === undefined || value === null ? '' : String(value);
}
