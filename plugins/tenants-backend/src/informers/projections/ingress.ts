// SPDX-License-Identifier: Apache-2.0
import type { IngressObject, IngressRoute } from '../objects';
import { array, at, text, textOr } from './fields';
import { projectGeneric } from './generic';
import { keepRoutes } from './keepRoutes';
import { loadBalancerAddress } from './loadBalancerAddress';
import type { ProjectionContext } from './meta';

export function projectIngress(
  object: unknown,
  context: ProjectionContext,
): IngressObject {
  return {
    ...projectGeneric(object, context),
    routes: keepRoutes(routesOf(at(object, 'spec')), context),
    address: loadBalancerAddress(object),
  };
}

/** What stands in no rule goes to the default backend. */
function routesOf(spec: unknown): readonly IngressRoute[] {
  const secured = array(at(spec, 'tls'));
  const rest = at(spec, 'defaultBackend');
  return [
    ...array(at(spec, 'rules')).flatMap(rule => routesOfRule(rule, secured)),
    ...(rest === undefined
      ? []
      : [{ path: '/', tls: secured.length > 0, service: serviceOf(rest) }]),
  ];
}

function routesOfRule(
  rule: unknown,
  secured: readonly unknown[],
): readonly IngressRoute[] {
  const host = text(at(rule, 'host'));
  const tls = secured.some(entry => covers(entry, host));
  return array(at(rule, 'http', 'paths')).map(path => ({
    host,
    path: textOr(at(path, 'path'), '/'),
    tls,
    service: serviceOf(at(path, 'backend')),
  }));
}

function serviceOf(backend: unknown): string | undefined {
  return text(at(backend, 'service', 'name'));
}

/** A certificate for no host in particular is one for every host; `*.` stands for one label. */
function covers(entry: unknown, host: string | undefined): boolean {
  const hosts = array(at(entry, 'hosts')).flatMap(each => text(each) ?? []);
  if (hosts.length === 0) return true;
  if (host === undefined) return false;
  const wildcard = `*${host.slice(host.indexOf('.'))}`;
  return hosts.includes(host) || hosts.includes(wildcard);
}
