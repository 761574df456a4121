// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, itemsOf, namesOf, type Json } from '../Json';
import type { Session } from '../Session';
import { configMap, pod, service, workload } from './objects';

const LABEL = 'labelSelector=';
const FIELD = 'fieldSelector=';

async function five(api: Session): Promise<string> {
  const maps = api.in('configmaps');
  const tiers = ['gold', 'gold', 'silver', 'bronze', undefined];
  for (const [index, tier] of tiers.entries())
    await api.post(
      maps,
      configMap(`m${index + 1}`, {}, { labels: { five: 'x', tier } }),
      { quiet: true },
    );
  return maps;
}

function pageOf(body: Json): Json {
  return {
    names: namesOf(body),
    continue: at(body, 'metadata', 'continue') ?? 'none',
    remaining: at(body, 'metadata', 'remainingItemCount') ?? 'none',
  };
}

/** A watch cache lists in any order. */
function sorted(names: Json): Json {
  return Array.isArray(names) ? [...names].sort() : names;
}

export const lists: ContractArea = {
  area: 'lists',
  cases: [
    {
      name: 'a list has a kind, a version and items without a kind',
      since: '1.18',
      async run(api) {
        await five(api);
        await api.get(`${api.in('configmaps')}?${LABEL}tier%3Dbronze`);
        await api.get(api.in('pods'));
        await api.get(api.in('apps/v1/deployments'));
      },
    },
    {
      name: 'label selectors select',
      since: '1.18',
      async run(api) {
        const maps = await five(api);
        const select = (text: string) =>
          api.get(`${maps}?${LABEL}${encodeURIComponent(text)}`, {
            view: namesOf,
          });
        await select('five,tier=gold');
        await select('five,tier!=gold');
        await select('five,tier in (gold,silver)');
        await select('five,tier notin (gold, silver)');
        await select('five,!tier');
        await select('five,tier');
        await select('five==x,tier=gold');
        await select('five,tier in (gold');
        await select('five,tier=not ok!');
        await select('5 5=x');
        await select('tier>1');
      },
      meant: [
        {
          at: '8 GET *message',
          because: 'the parser’s words changed over time',
        },
        {
          at: '9 GET *message',
          because: 'the parser’s words changed over time',
        },
        {
          at: '10 GET *message',
          because: 'the parser’s words changed over time',
        },
        {
          at: '11 GET *message',
          because: 'the parser’s words changed over time',
        },
      ],
    },
    {
      name: 'field selectors of pods select',
      since: '1.18',
      async run(api) {
        await api.post(api.in('pods'), pod('a'), { quiet: true });
        await api.post(
          api.in('pods'),
          pod('b', {
            nodeName: 'nowhere',
            restartPolicy: 'Never',
            serviceAccountName: 'default',
          }),
          { quiet: true },
        );
        const select = (text: string) =>
          api.get(`${api.in('pods')}?${FIELD}${encodeURIComponent(text)}`, {
            view: namesOf,
          });
        await select('metadata.name=a');
        await select('metadata.name!=a');
        await select(`metadata.namespace=${api.ns}`);
        await select('spec.nodeName=nowhere');
        await select('spec.nodeName=');
        await select('spec.restartPolicy=Never');
        await select('spec.schedulerName=default-scheduler');
        await select('status.phase=Pending');
        await select('status.phase!=Running,metadata.name=b');
        await select('status.podIP=');
        await select('status.nominatedNodeName=');
        await select('spec.serviceAccountName=default');
        await select('spec.hostname=x');
        await select('metadata.labels=x');
      },
      meant: [
        { at: '13 GET *status', because: 'spec.hostname is none, see message' },
      ],
    },
    {
      name: 'field selectors of other kinds select, or are refused',
      since: '1.18',
      async run(api) {
        const select = (resource: string, text: string) =>
          api.get(`${api.in(resource)}?${FIELD}${encodeURIComponent(text)}`, {
            view: namesOf,
          });
        await api.post(
          api.in('secrets'),
          {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: 's' },
            type: 'example.com/mine',
          },
          { quiet: true },
        );
        await select('secrets', 'type=example.com/mine');
        await select('secrets', 'data=x');
        await select('configmaps', 'data.a=x');
        await select('apps/v1/deployments', 'status.replicas=1');
        await select('apps/v1/replicasets', 'status.replicas=1');
        await select('batch/v1/jobs', 'status.successful=1');
        await select('events', 'involvedObject.kind=Pod,reason=x,type=Normal');
        await select('services', 'spec.type=ClusterIP');
        await api.get(
          `${api.path(
            'namespaces',
          )}?${FIELD}status.phase%3DActive,metadata.name%3D${api.ns}`,
          { view: namesOf },
        );
        await api.get(
          `${api.path('nodes')}?${FIELD}spec.unschedulable%3Dtrue`,
          { view: namesOf },
        );
        await select('configmaps', 'metadata.name');
      },
      meant: [
        {
          at: '5 GET *',
          because: 'newer documentation names status.replicas of replica sets',
        },
        {
          at: '8 GET *',
          because: 'spec.type and spec.clusterIP of services select since 1.31',
        },
      ],
    },
    {
      name: 'a long list comes in pages',
      since: '1.18',
      async run(api) {
        const maps = await five(api);
        const first = await api.get(`${maps}?limit=2`, { view: pageOf });
        const token = (body: Json) =>
          encodeURIComponent(String(at(body, 'metadata', 'continue') ?? ''));
        const second = await api.get(
          `${maps}?limit=2&continue=${token(first.body)}`,
          { quiet: true },
        );
        api.note('second page', pageOf(second.body));
        const third = await api.get(
          `${maps}?limit=2&continue=${token(second.body)}`,
          { quiet: true },
        );
        api.note('third page', pageOf(third.body));
        api.note(
          'versions are one',
          at(first.body, 'metadata', 'resourceVersion') ===
            at(third.body, 'metadata', 'resourceVersion'),
        );
        await api.get(`${maps}?limit=2&${LABEL}five`, { view: pageOf });
        await api.get(`${maps}?limit=50`, { view: pageOf });
      },
    },
    {
      name: 'pages show the state of the first, whatever was written since',
      since: '1.18',
      async run(api) {
        const maps = await five(api);
        const { body } = await api.get(`${maps}?limit=3`, { quiet: true });
        const token = encodeURIComponent(
          String(at(body, 'metadata', 'continue')),
        );
        await api.delete(`${maps}/m4`, undefined, { quiet: true });
        await api.post(maps, configMap('m6'), { quiet: true });
        const rest = await api.get(`${maps}?limit=3&continue=${token}`, {
          quiet: true,
        });
        api.note('rest', pageOf(rest.body));
      },
    },
    {
      name: 'a page token that is none, or with a version, is refused',
      since: '1.18',
      async run(api) {
        const maps = await five(api);
        const { body } = await api.get(`${maps}?limit=2`, { quiet: true });
        const token = encodeURIComponent(
          String(at(body, 'metadata', 'continue')),
        );
        await api.get(`${maps}?limit=2&continue=nonsense`);
        const mixed = await api.get(
          `${maps}?limit=2&continue=${token}&resourceVersion=1`,
          { quiet: true },
        );
        api.note('with a version', {
          status: mixed.status,
          message: at(mixed.body, 'message'),
        });
        await api.get(`${maps}?limit=-1`, {
          view: all => itemsOf(all).length,
        });
        await api.get(`${maps}?limit=x`);
      },
      meant: [
        { at: '1 GET *message', because: 'tells how the token is encoded' },
        { at: '4 GET *message', because: 'a Go parser’s words' },
      ],
    },
    {
      name: 'a list of a version that is to come, or none, is refused',
      since: '1.19',
      async run(api) {
        const maps = api.in('configmaps');
        const view = (body: Json) => at(body, 'kind');
        await api.get(`${maps}?resourceVersion=x`);
        await api.get(`${maps}?resourceVersion=0`, { view });
        await api.get(`${maps}?resourceVersionMatch=Exact`);
        await api.get(`${maps}?resourceVersion=0&resourceVersionMatch=Exact`);
        await api.get(`${maps}?resourceVersion=1&resourceVersionMatch=Odd`);
        await api.get(
          `${maps}?resourceVersion=0&resourceVersionMatch=NotOlderThan`,
          { view },
        );
      },
      meant: [
        {
          at: '1 GET *message',
          because: 'the storage tells in its own words',
        },
      ],
    },
    {
      name: 'a list at an exact version is the state of then',
      since: '1.19',
      async run(api) {
        const maps = await five(api);
        const { body } = await api.get(maps, { quiet: true });
        const version = at(body, 'metadata', 'resourceVersion');
        await api.delete(`${maps}/m1`, undefined, { quiet: true });
        await api.get(
          `${maps}?resourceVersion=${version}&resourceVersionMatch=Exact&${LABEL}five`,
          { view: namesOf },
        );
        await api.get(
          `${maps}?resourceVersion=${version}&resourceVersionMatch=NotOlderThan&${LABEL}five`,
          { view: all => sorted(namesOf(all)) },
        );
      },
    },
    {
      name: 'a list over all namespaces is in the order of namespaces and names',
      since: '1.18',
      async run(api) {
        await five(api);
        await api.get(`/api/v1/configmaps?${LABEL}five`, {
          view: body =>
            itemsOf(body)
              .filter(item => at(item, 'metadata', 'namespace') === api.ns)
              .map(item => at(item, 'metadata', 'name') ?? ''),
        });
      },
    },
    {
      name: 'what is asked as metadata only comes without spec and data',
      since: '1.18',
      async run(api) {
        await api.post(api.in('services'), service('s'), { quiet: true });
        const one =
          'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
        const many =
          'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
        await api.get(api.in('services', 's'), { accept: one });
        await api.get(api.in('services'), { accept: many });
        await api.get(api.in('services', 's'), { accept: 'text/html' });
        await api.get(api.in('services', 's'), {
          accept: 'text/html, application/json',
          view: body => at(body, 'kind'),
        });
      },
      meant: [{ at: 'managedFields*', because: 'covered by the apply cases' }],
    },
    {
      name: 'a list of an old page token that is forgotten is gone',
      since: '1.18',
      async run(api) {
        const maps = await five(api);
        const token = Buffer.from(
          JSON.stringify({ v: 'meta.k8s.io/v1', rv: 1, start: 'x\u0000' }),
        ).toString('base64url');
        await api.get(`${maps}?limit=2&continue=${token}`);
      },
      meant: [
        {
          at: '*',
          because:
            'whether version 1 is compacted depends on the age of the server',
        },
      ],
    },
    {
      name: 'workloads can be read in the newest of their API versions',
      since: '1.18',
      async run(api) {
        await api.post(
          api.in('apps/v1/deployments'),
          workload('Deployment', 'd', { replicas: 0 }),
          { quiet: true },
        );
        await api.get(api.in('apps/v1/deployments', 'd'), {
          view: body => ({ kind: at(body, 'kind'), spec: at(body, 'spec') }),
        });
        await api.get(api.in('apps/v9/deployments', 'd'));
        await api.get(api.in('apps/v1beta1/deployments', 'd'));
      },
    },
  ],
};
