// SPDX-License-Identifier: Apache-2.0
import type {
  HttpRouteObject,
  IngressRoute,
  ObjectCondition,
} from '../objects';
import { array, at, integerOrNone, text, textOr } from './fields';
import { projectGeneric } from './generic';
import { keepRoutes } from './keepRoutes';
import { projectConditions, type ProjectionContext } from './meta';

/**
 * A route of the Gateway API. Each gateway that takes it says how that went: a route is accepted when one of them accepts it, and
 * its references are resolved when all of them say so.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#routeparentstatus
 */
export function projectHttpRoute(
  object: unknown,
  context: ProjectionContext,
): HttpRouteObject {
  const spec = at(object, 'spec');
  const conditions = array(at(object, 'status', 'parents')).flatMap(parent =>
    projectConditions({ status: parent }, context),
  );
  const pick = (type: string, preferred: string) => {
    const all = conditions.filter(condition => condition.type === type);
    return all.find(({ status }) => status === preferred) ?? all[0];
  };
  return {
    ...projectGeneric(object, context),
    conditions: [
      pick('Accepted', 'True'),
      pick('ResolvedRefs', 'False'),
    ].filter((found): found is ObjectCondition => found !== undefined),
    routes: keepRoutes(routesOf(spec), context),
  };
}

function routesOf(spec: unknown): readonly IngressRoute[] {
  const tls = array(at(spec, 'parentRefs')).every(isSecured);
  const hosts = array(at(spec, 'hostnames')).flatMap(host => text(host) ?? []);
  const ways = array(at(spec, 'rules')).flatMap(rule => {
    const [backend] = array(at(rule, 'backendRefs'));
    const service = text(at(backend, 'name'));
    return pathsOf(rule).map(path => ({ path, tls, service }));
  });
  return hosts.flatMap(host => ways.map(way => ({ host, ...way })));
}

/** A rule that matches no path in particular, or by an expression, is met at the root. */
function pathsOf(rule: unknown): readonly string[] {
  const paths = array(at(rule, 'matches')).map(match => {
    const path = at(match, 'path');
    return at(path, 'type') === 'RegularExpression'
      ? '/'
      : textOr(at(path, 'value'), '/');
  });
  return paths.length > 0 ? paths : ['/'];
}

/**
 * Whether a gateway speaks TLS stands in the gateway, which is not the tenant’s. The port or the name of the listener tell where they
 * are given; else it is taken to, as gateways that face people do.
 */
function isSecured(parent: unknown): boolean {
  const port = integerOrNone(at(parent, 'port'));
  if (port !== undefined) return port !== 80 && port !== 8080;
  return !/^(http|web)(-|$)/.test(textOr(at(parent, 'sectionName'), ''));
}
