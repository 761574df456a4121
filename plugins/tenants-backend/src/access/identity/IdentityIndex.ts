// SPDX-License-Identifier: Apache-2.0
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { subjectNameOf, type IdentityRules } from './IdentityRule';

type SubjectKind = keyof IdentityRules;
const AMBIGUOUS = Symbol('ambiguous');
type Match = string | typeof AMBIGUOUS;

/** Users and groups of the catalogue and the subjects they are in a cluster, both ways. What is ambiguous has no match. */
export class IdentityIndex {
  private readonly refBySubject = new Map<string, Match>();
  private readonly subjectByRef = new Map<string, string>();

  constructor(entities: Iterable<Entity>, rules: IdentityRules) {
    for (const entity of entities) {
      const kind = subjectKindOf(entity);
      const name = kind && subjectNameOf(entity, rules[kind]);
      if (kind && name !== undefined) this.add(kind, name, entity);
    }
  }

  /** The user or group behind a subject; `undefined` when there is none, or more than one. */
  entityRefOf(kind: string, name: string): string | undefined {
    const match = this.refBySubject.get(`${kind} ${name}`);
    return match === AMBIGUOUS ? undefined : match;
  }

  /** The subject a user or group is; `undefined` when unknown or when another is the same. */
  subjectOf(
    entityRef: string,
  ): { readonly kind: SubjectKind; readonly name: string } | undefined {
    const key = this.subjectByRef.get(entityRef.toLocaleLowerCase('en-US'));
    if (key === undefined || this.refBySubject.get(key) === AMBIGUOUS) {
      return undefined;
    }
    const gap = key.indexOf(' ');
    const kind = key.slice(0, gap) === 'User' ? 'User' : 'Group';
    return { kind, name: key.slice(gap + 1) };
  }

  private add(kind: SubjectKind, name: string, entity: Entity): void {
    // The cluster’s own subjects are nobody of the catalogue.
    if (name.startsWith('system:')) return;
    const key = `${kind} ${name}`;
    const ref = stringifyEntityRef(entity);
    this.refBySubject.set(key, this.refBySubject.has(key) ? AMBIGUOUS : ref);
    this.subjectByRef.set(ref, key);
  }
}

function subjectKindOf({ kind }: Entity): SubjectKind | undefined {
  const name = kind.toLocaleLowerCase('en-US');
  if (name === 'user') return 'User';
  return name === 'group' ? 'Group' : undefined;
}
