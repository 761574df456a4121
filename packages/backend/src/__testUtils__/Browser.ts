// SPDX-License-Identifier: Apache-2.0

const MAX_REDIRECTS = 10;

/** As much of a browser as a sign-in needs: cookies per host, redirects, and the first form of a page. */
export class Browser {
  private readonly cookies = new Map<string, Map<string, string>>();
  private url = '';
  private page = '';

  /** Opens an address and follows where it leads. */
  async open(url: string): Promise<void> {
    await this.go(url, { method: 'GET' });
  }

  /** Fills in and sends the page’s form. Returns what the page that follows tells its opener; `undefined` when nothing. */
  async submit(fields: Record<string, string>): Promise<unknown> {
    const action = /<form[^>]*action="([^"]+)"/.exec(this.page)?.[1];
    if (action === undefined) throw new Error(`No form: ${this.page}`);
    const hidden = [
      ...this.page.matchAll(
        /<input type="hidden" name="([^"]+)" value="([^"]*)"/g,
      ),
    ].map(([, name, value]) => [name, value]);
    const body = new URLSearchParams({
      ...Object.fromEntries(hidden),
      ...fields,
    });
    await this.go(new URL(action, this.url).href, { method: 'POST', body });
    return this.told();
  }

  private told(): unknown {
    const told = /decodeURIComponent\('([^']+)'\)/.exec(this.page)?.[1];
    return told === undefined
      ? undefined
      : JSON.parse(decodeURIComponent(told));
  }

  private async go(start: string, first: RequestInit): Promise<void> {
    let next: string | undefined = start;
    let init = first;
    for (let hops = 0; next !== undefined && hops < MAX_REDIRECTS; hops++) {
      this.url = next;
      const response: Response = await fetch(next, {
        ...init,
        redirect: 'manual',
        headers: { Cookie: this.cookiesFor(next) },
      });
      this.keepCookies(response);
      this.page = await response.text();
      const location = response.headers.get('location');
      next = location === null ? undefined : new URL(location, next).href;
      init = { method: 'GET' };
    }
  }

  private jarOf(url: string): Map<string, string> {
    const { host } = new URL(url);
    const jar = this.cookies.get(host) ?? new Map();
    this.cookies.set(host, jar);
    return jar;
  }

  private cookiesFor(url: string): string {
    return [...this.jarOf(url)].map(pair => pair.join('=')).join('; ');
  }

  private keepCookies(response: Response): void {
    const jar = this.jarOf(this.url);
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      const gap = pair.indexOf('=');
      jar.set(pair.slice(0, gap), pair.slice(gap + 1));
    }
  }
}
