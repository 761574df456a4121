// SPDX-License-Identifier: Apache-2.0
import { array, at, text } from './fields';

/**
 * Where the load balancer of a Service or an Ingress answers: its first host name, else its first address, in the order of their
 * letters. Controllers write the same list in another order from time to time, which is no change.
 */
export function loadBalancerAddress(object: unknown): string | undefined {
  const entries = array(at(object, 'status', 'loadBalancer', 'ingress'));
  const first = (key: 'hostname' | 'ip') =>
    entries.flatMap(entry => text(at(entry, key)) ?? []).sort()[0];
  return first('hostname') ?? first('ip');
}
