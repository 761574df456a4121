// SPDX-License-Identifier: Apache-2.0
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  HEALTH_CODES,
  type HealthCode,
} from '@tenantry/backstage-plugin-tenants-common';
import { act, screen } from '@testing-library/react';
import { liveStreamApiRef } from '../api';
import { LiveStream } from '../live/LiveStream';
import { rootRouteRef } from '../routes';
import { FakeEnvironment } from '../testing/FakeEnvironment';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario } from '../testing/Scenario';
import { Age } from './Age';
import { HealthMark } from './HealthMark';
import { Meter } from './Meter';
import { StaleNotice } from './StaleNotice';

const NOW = '2026-11-21T14:32:07.000Z';

const live = new LiveStream({
  api: new FakeTenantsApi(createScenario('many')),
  env: new FakeEnvironment(),
  parse: (_topic, value) => value,
});

function show(element: JSX.Element) {
  return renderInTestApp(element, {
    mountedRoutes: { '/tenants': rootRouteRef },
    apis: [[liveStreamApiRef, live]],
  });
}

describe('HealthMark', () => {
  it.each(HEALTH_CODES)('says %s with a shape and a word', async code => {
    const { container } = show(<HealthMark code={code} />);
    expect(await screen.findByText(code)).toBeInTheDocument();
    expect(container.querySelector('svg[data-health]')).not.toBeNull();
  });

  it('has a shape of its own for each code', async () => {
    const shapes = new Set<string>();
    for (const code of HEALTH_CODES) {
      const { container, unmount } = show(<HealthMark code={code} />);
      await screen.findByText(code);
      shapes.add(container.querySelector('svg[data-health]')?.innerHTML ?? '');
      unmount();
    }
    expect(shapes.size).toBe(6);
  });

  it.each([
    ['Degraded', 'Degraded: OOMKilled'],
    ['Healthy', 'Healthy'],
  ] satisfies [HealthCode, string][])(
    'is named in full when only the shape of %s shows',
    async (code, name) => {
      show(<HealthMark code={code} reason="OOMKilled" iconOnly />);
      expect(await screen.findByRole('img', { name })).toBeInTheDocument();
    },
  );
});

describe('Age', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse(NOW), advanceTimers: true });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    ['2026-11-21T14:32:00.000Z', '7 s ago'],
    ['2026-11-21T13:50:04.000Z', '42 min ago'],
    ['2026-11-21T09:00:00.000Z', '5 h ago'],
    ['2026-11-20T14:00:00.000Z', 'yesterday'],
    ['2026-11-18T14:00:00.000Z', '3 d ago'],
    ['2026-11-12T14:00:00.000Z', '12 Nov 2026'],
    ['2026-11-21T15:00:00.000Z', 'now'],
  ])('of %s reads %s', async (since, text) => {
    show(<Age since={since} />);
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('goes on by itself and keeps the absolute time at hand', async () => {
    show(<Age since={NOW} format="duration" />);
    const age = await screen.findByText(/^\d s$/);
    expect(age.title).toMatch(/^2026-11-21 14:32:07 UTC \(.+ your time\)$/);
    act(() => {
      jest.advanceTimersByTime(20_000);
    });
    expect(age.textContent).toMatch(/^2\d s$/);
  });

  it('says that nobody knows', async () => {
    show(<Age since={undefined} />);
    expect(await screen.findByText('not known')).toBeInTheDocument();
  });
});

describe('Meter', () => {
  it('names the amounts and never draws what is not known', async () => {
    show(
      <>
        <Meter
          label="Memory"
          unit="bytes"
          usage={{ used: 23 * 1024 ** 3, hard: 32 * 1024 ** 3 }}
        />
        <Meter label="CPU" unit="cores" usage={undefined} />
      </>,
    );
    expect(
      await screen.findByRole('meter', { name: 'Memory' }),
    ).toHaveAttribute('aria-valuetext', '23 of 32 GiB');
    expect(screen.queryByRole('meter', { name: 'CPU' })).toBeNull();
    expect(screen.getByText('not known')).toBeInTheDocument();
  });

  it.each([
    [10, 'normal'],
    [14, 'high'],
    [16, 'full'],
    [20, 'full'],
  ])('of %d of 16 is %s', async (used, level) => {
    const { container } = show(
      <Meter label="CPU" unit="cores" usage={{ used, hard: 16 }} />,
    );
    await screen.findByRole('meter');
    expect(container.querySelector(`[data-level="${level}"]`)).not.toBeNull();
  });
});

describe('StaleNotice', () => {
  it('says how old the page is and when it is tried again', async () => {
    const now = Date.now();
    show(
      <StaleNotice
        connection={{
          state: 'stale',
          lastAt: now - 185_400,
          since: now - 185_000,
          nextTryAt: now + 12_000,
          tries: 4,
        }}
      />,
    );
    expect(
      await screen.findByText('This page is 3 min 5 s old.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try now' })).toBeInTheDocument();
  });

  it('is silent while the page is live or just reconnecting', async () => {
    const { container } = show(
      <StaleNotice connection={{ state: 'reconnecting', tries: 1 }} />,
    );
    expect(container.querySelector('[data-notice]')).toBeNull();
  });
});
