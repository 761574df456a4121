// SPDX-License-Identifier: Apache-2.0
import {
  field,
  isJsonObject,
  objectField,
  textEntries,
} from '../manifests/jsonValue';

/** Everything that is kept of a Secret: nothing of what it holds. */
export type SecretMetadata = {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly createdAt?: string;
};

/** Reads the metadata of a Secret; what it holds is not asked for. */
export function secretMetadata(json: Buffer): SecretMetadata {
  const secret: unknown = JSON.parse(json.toString('utf8'));
  const metadata = isJsonObject(secret) ? objectField(secret, 'metadata') : {};
  const createdAt = field(metadata, 'creationTimestamp');
  return {
    labels: textEntries(objectField(metadata, 'labels')),
    annotations: textEntries(objectField(metadata, 'annotations')),
    ...(typeof createdAt === 'string' && { createdAt }),
  };
}
