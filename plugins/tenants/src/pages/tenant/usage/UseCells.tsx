// SPDX-License-Identifier: Apache-2.0
import type { ResourceUse } from '@tenantry/backstage-plugin-tenants-common';
import { useText } from '../../../useText';
import { UseMeter } from './UseMeter';

/** CPU and memory of something in a row. */
export function UseCells(props: {
  readonly name: string;
  readonly use: ResourceUse | undefined;
  /** Why nothing was measured. */
  readonly why: string;
}) {
  const { name, use, why } = props;
  const t = useText();
  return (
    <>
      <td>
        <UseMeter
          label={t('usage.cpuOf', { name })}
          resource="cpu"
          use={use}
          why={why}
        />
      </td>
      <td>
        <UseMeter
          label={t('usage.memoryOf', { name })}
          resource="memory"
          use={use}
          why={why}
        />
      </td>
    </>
  );
}
