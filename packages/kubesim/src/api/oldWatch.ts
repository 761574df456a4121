// SPDX-License-Identifier: Apache-2.0
const OLD = /^(\/api\/v1|\/apis\/[^/]+\/[^/]+)\/watch\/(.+?)\/?$/;

/** Watches once had paths of their own, as in `/api/v1/watch/namespaces/shop/pods/web`: the same watch as it is asked today. */
export function withoutOldWatch(url: URL): URL {
  const found = OLD.exec(url.pathname);
  if (!found) return url;
  const [, root, rest] = found;
  const parts = rest.split('/');
  const named = parts.length === 2 || parts.length === 4;
  const today = new URL(url);
  today.searchParams.set('watch', '1');
  if (named)
    today.searchParams.set(
      'fieldSelector',
      `metadata.name=${decodeURIComponent(parts[parts.length - 1])}`,
    );
  const path = named ? parts.slice(0, -1) : parts;
  today.pathname = `${root}/${path.join('/')}`;
  return today;
}
