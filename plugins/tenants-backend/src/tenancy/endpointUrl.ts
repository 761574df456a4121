// SPDX-License-Identifier: Apache-2.0

/** What the parts of a URL are made from; whoever wrote the object wrote them. */
export type UrlParts = {
  readonly scheme: 'http' | 'https';
  /** A host name or an IP address. */
  readonly host: string;
  readonly port?: number;
  readonly path?: string;
};

const MAX_HOST = 253;
const HOST_NAME =
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;
const IP_V6 = /^[0-9a-fA-F:]+:[0-9a-fA-F:.]*$/;
/** A path may be a regular expression; up to its first sign it is the text that every match begins with. */
const PLAIN_PATH = /^\/[A-Za-z0-9._~/-]*/;
const DEFAULT_PORT = { http: 80, https: 443 };

/**
 * The URL of one place, or `undefined` when the host is none that a browser can be sent to: a wildcard, or a text that is more
 * than a host name. Nothing of the text but letters, digits and the signs of host names and paths gets into the URL.
 */
export function endpointUrl({
  scheme,
  host,
  port = DEFAULT_PORT[scheme],
  path = '/',
}: UrlParts): string | undefined {
  const name = hostPart(host);
  if (name === undefined || !Number.isInteger(port)) return undefined;
  const place = port === DEFAULT_PORT[scheme] ? name : `${name}:${port}`;
  const url = `${scheme}://${place}${PLAIN_PATH.exec(path)?.[0] ?? '/'}`;
  return leadsTo(url, name) ? url : undefined;
}

function hostPart(host: string): string | undefined {
  if (host.length > MAX_HOST) return undefined;
  if (HOST_NAME.test(host)) return host;
  return IP_V6.test(host) ? `[${host.toLocaleLowerCase('en-US')}]` : undefined;
}

/** Browsers read some texts as another address than the one that is shown, such as `0x7f.1`. */
function leadsTo(url: string, host: string): boolean {
  return URL.canParse(url) && new URL(url).hostname === host;
}
