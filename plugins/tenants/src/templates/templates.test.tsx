// SPDX-License-Identifier: Apache-2.0
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { environmentSpecSchema } from '@tenantry/backstage-plugin-tenants-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ComponentType } from 'react';
import { tenantsApiRef } from '../api';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { planFixture, resolvedModuleFixture } from '../testing/planFixture';
import { createScenario } from '../testing/Scenario';
import { applyFix } from './applyFix';
import { neededModules } from './neededModules';
import { templatePlan } from './templatePlan';
import { TenantEnvironmentField } from './TenantEnvironmentField';
import { TenantModulesField } from './TenantModulesField';
import { TenantNameField } from './TenantNameField';
import { TenantTierField } from './TenantTierField';

type Shown = {
  readonly formData?: unknown;
  readonly form?: Record<string, unknown>;
  readonly options?: Record<string, unknown>;
};

/** Shows a field as a template does: it holds its value, and knows what was filled in before. */
async function show(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- fields differ in their value
  Field: ComponentType<any>,
  { formData, form = {}, options = {} }: Shown = {},
) {
  const api = new FakeTenantsApi(createScenario('many'));
  const values: unknown[] = [];
  function Holder() {
    const [value, setValue] = useState(formData);
    return (
      <Field
        formData={value}
        onChange={(next: unknown) => {
          values.push(next);
          setValue(next);
        }}
        schema={{ title: 'Field' }}
        uiSchema={{ 'ui:options': options }}
        formContext={{ formData: form }}
        required
      />
    );
  }
  await act(async () => {
    renderInTestApp(<Holder />, { apis: [[tenantsApiRef, api]] });
  });
  return { api, values, last: () => values[values.length - 1] };
}

const production = {
  environment: 'production',
  cluster: 'eu-west',
  tier: 'bronze',
};

describe('the name of a new tenant', () => {
  it('is refused when a tenant that the caller may see has it', async () => {
    const taken = createScenario('many').tenant.name;
    await show(TenantNameField, { formData: taken });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      `There is a tenant ${taken} already.`,
    );
  });

  it('is said to be free as far as the caller can see', async () => {
    await show(TenantNameField, { formData: 'brand-new' });
    const free = await screen.findByText(
      'No tenant that you may see has this name.',
    );
    expect(free).toBeInTheDocument();
  });
});

describe('the tier', () => {
  it('shows what each allows, and puts out its key', async () => {
    const { last } = await show(TenantTierField);
    const [first] = createScenario('many').tiers;
    const radio = await screen.findByRole('radio', {
      name: new RegExp(
        `${first.displayName}.*CPU requests ${first.quota['requests.cpu']}`,
      ),
    });
    await userEvent.click(radio);
    expect(last()).toBe(first.name);
  });
});

describe('the environment', () => {
  it('waits for the tenant', async () => {
    await show(TenantEnvironmentField);
    expect(screen.getByText('Choose the tenant first.')).toBeInTheDocument();
  });

  it('offers those of the tenant', async () => {
    const { tenant } = createScenario('many');
    const [environment] = tenant.environments;
    await show(TenantEnvironmentField, {
      form: { tenant: `resource:default/${tenant.name}` },
    });
    await userEvent.click(await screen.findByRole('button', { name: /Field/ }));
    const option = await screen.findByRole('option', {
      name: `${environment.name} on ${environment.cluster}`,
    });
    expect(option).toBeInTheDocument();
  });
});

describe('the modules', () => {
  it('are planned as soon as one is ticked, with what was filled in before', async () => {
    const form = {
      ...production,
      tenant: 'brand-new',
      owner: 'group:default/team-a',
    };
    const { api, last } = await show(TenantModulesField, { form });
    const [box] = await screen.findAllByRole('checkbox');
    await userEvent.click(box);
    expect(last()).toHaveLength(1);
    await waitFor(() => expect(api.operations.plans).toHaveLength(1));
    expect(api.operations.plans[0]).toMatchObject({
      tenant: 'brand-new',
      request: {
        type: 'apply',
        owner: 'group:default/team-a',
        environments: [{ name: 'production', cluster: 'eu-west' }],
      },
    });
    await userEvent.click(box);
    expect(last()).toEqual([]);
  });
});

describe('a module to tick', () => {
  const form = {
    ...production,
    tenant: 'brand-new',
    owner: 'group:default/team-a',
  };

  it('is called by its name alone, and described by what it is for and needs', async () => {
    await show(TenantModulesField, { form });
    const box = await screen.findByRole('checkbox', { name: 'Airflow' });
    expect(box).toHaveAccessibleDescription(/Needs .*postgres/);
  });

  it('is ticked and cannot be unticked while another one needs it', async () => {
    const { last } = await show(TenantModulesField, { form });
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'Airflow' }),
    );
    const needed = screen.getByRole('checkbox', { name: 'PostgreSQL' });
    await waitFor(() => expect(needed).toBeChecked());
    expect(needed).toHaveAccessibleDescription(/^needed by airflow/);
    await userEvent.click(needed);
    expect(needed).toBeChecked();
    expect(last()).toEqual([expect.objectContaining({ name: 'airflow' })]);
  });

  it('is found by its category', async () => {
    await show(TenantModulesField, { form });
    const categories = within(
      await screen.findByRole('group', { name: 'Categories' }),
    );
    const data = categories.getByRole('button', { name: /^Data storage/ });
    await userEvent.click(data);
    expect(data).toHaveAttribute('aria-pressed', 'true');
    expect(
      screen
        .getAllByRole('checkbox')
        .map(box => box.getAttribute('aria-label')),
    ).toEqual(['PostgreSQL', 'Redis']);
    await userEvent.click(categories.getByRole('button', { name: /^All/ }));
    expect(screen.getAllByRole('checkbox').length).toBeGreaterThan(1);
  });
});

describe('what a plan adds', () => {
  it('is not what runs already, and not what was ticked', () => {
    const plan = planFixture();
    const [environment] = plan.environments;
    const modules = [
      resolvedModuleFixture({ name: 'new', requiredBy: ['a'] }),
      resolvedModuleFixture({ name: 'old', requiredBy: ['a'], from: '1' }),
      resolvedModuleFixture({ name: 'ticked', requiredBy: ['a'] }),
      resolvedModuleFixture({ name: 'a', requiredBy: [] }),
    ];
    const answer = { ...plan, environments: [{ ...environment, modules }] };
    expect([...neededModules(answer, ['a', 'ticked'])]).toEqual([
      ['new', ['a']],
    ]);
    expect(neededModules(undefined, ['a']).size).toBe(0);
  });
});

describe('the plan of a template', () => {
  const modules = [{ name: 'postgres' }];

  it('is not asked for before the form says where', () => {
    expect(templatePlan({ tenant: 'a' }, modules, undefined)).toBeUndefined();
    const half = { tenant: 'a', environment: 'production', tier: 'bronze' };
    expect(templatePlan(half, modules, undefined)).toBeUndefined();
  });

  it('keeps what an environment has that exists', () => {
    const current = environmentSpecSchema.parse({
      name: 'production',
      cluster: 'eu-west',
      tier: 'bronze',
      modules: [{ name: 'grafana', version: '11.0.0' }],
    });
    const form = {
      tenant: 'resource:default/analytics',
      environment: 'production',
    };
    expect(templatePlan(form, modules, current)).toMatchObject({
      tenant: 'analytics',
      request: {
        environments: [
          {
            tier: 'bronze',
            modules: [
              { name: 'grafana', version: '11.0.0' },
              { name: 'postgres' },
            ],
          },
        ],
      },
    });
  });
});

describe('a fix', () => {
  const modules = [
    {
      name: 'superset',
      parameters: { resources: { cpu: '1', memory: '2Gi' } },
    },
    { name: 'mysql' },
  ];
  const at = { environment: 'production' };

  it.each([
    [
      { ...at, type: 'add-module' as const, module: 'postgres', version: '16' },
      [...modules, { name: 'postgres', version: '16' }],
    ],
    [{ ...at, type: 'remove-module' as const, module: 'mysql' }, [modules[0]]],
    [
      {
        ...at,
        type: 'set-version' as const,
        module: 'mysql',
        version: '8.4.0',
      },
      [modules[0], { name: 'mysql', version: '8.4.0' }],
    ],
    [
      {
        ...at,
        type: 'set-parameter' as const,
        module: 'superset',
        path: 'resources.memory',
        value: '1Gi',
      },
      [
        { name: 'mysql' },
        {
          name: 'superset',
          parameters: { resources: { cpu: '1', memory: '1Gi' } },
        },
      ],
    ],
    [{ ...at, type: 'set-tier' as const, tier: 'premium' }, undefined],
  ])('%j is taken over into the choice', (change, wanted) => {
    expect(applyFix(modules, change)).toEqual(wanted);
  });
});
