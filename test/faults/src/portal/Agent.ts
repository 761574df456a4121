// SPDX-License-Identifier: Apache-2.0
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { TestPortal, TokenName } from '../security/TestPortal';

type Answer = {
  readonly isError: boolean;
  readonly text: string;
  readonly structured: Readonly<Record<string, unknown>> | undefined;
};

const recordSchema = z.record(z.string(), z.unknown());

/** A model’s client of the portal’s MCP server, with somebody’s token. */
export class Agent {
  private constructor(private readonly client: Client) {}

  /** @param server - Key of a server in `mcpActions.servers`; left out, the one with every action. */
  static async connect(
    portal: TestPortal,
    who: TokenName,
    server?: string,
  ): Promise<Agent> {
    const path = ['/api/mcp-actions/v1', ...(server ? [server] : [])];
    const client = new Client({ name: 'test', version: '1' });
    const authorization = `Bearer ${portal.tokenOf(who)}`;
    await client.connect(
      new StreamableHTTPClientTransport(
        new URL(`${portal.url}${path.join('/')}`),
        { requestInit: { headers: { authorization } } },
      ),
    );
    return new Agent(client);
  }

  /** An object of an answer. */
  static record(value: unknown): Record<string, unknown> {
    return recordSchema.parse(value);
  }

  async tools(): Promise<string[]> {
    const { tools } = await this.client.listTools();
    return tools.map(({ name }) => name);
  }

  /** Calls a tool of Tenantry. @param name - Without `tenants.` */
  async call(name: string, args: object = {}): Promise<Answer> {
    const called = await this.client
      .callTool({ name: `tenants.${name}`, arguments: { ...args } })
      .catch((error: Error) => ({
        isError: true,
        content: [{ type: 'text' as const, text: error.message }],
      }));
    const result = CallToolResultSchema.parse(called);
    const text = result.content
      .map(part => (part.type === 'text' ? part.text : ''))
      .join('\n');
    const isError = result.isError === true;
    return { isError, text, structured: isError ? undefined : readJson(text) };
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}

/** The framework answers with a block of JSON. */
function readJson(text: string): Record<string, unknown> | undefined {
  const json = text.match(/\{[\s\S]*\}/)?.[0];
  return json === undefined ? undefined : recordSchema.parse(JSON.parse(json));
}
