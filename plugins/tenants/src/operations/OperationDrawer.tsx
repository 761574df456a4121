// SPDX-License-Identifier: Apache-2.0
import { Dialog, DialogBody, DialogHeader, Skeleton } from '@backstage/ui';
import {
  tenantReadPermission,
  type Operation,
} from '@tenantry/backstage-plugin-tenants-common';
import { LiveGate } from '../components/LiveGate';
import { StateBlock } from '../components/StateBlock';
import { useLiveOperation } from '../live/useLive';
import { useQuery } from '../navigation';
import { useText } from '../useText';
import { DrawerFooter } from './DrawerFooter';
import { OperationHead } from './OperationHead';
import { OperationTabs } from './OperationTabs';
import styles from './operations.module.css';

/** The drawer of the operation that the address names with `op`, if it names one. */
export function OperationOutlet() {
  const [search, change] = useQuery();
  const id = search.get('op');
  if (!id) return null;
  return (
    <OperationDrawer
      key={id}
      id={id}
      onOpen={op => change({ op })}
      onClose={() => change({ op: undefined })}
    />
  );
}

/** One operation, live: its steps, what it changed, its log; and how to stop it, repeat it or go back. Closing it stops nothing. */
export function OperationDrawer(props: {
  readonly id: string;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}) {
  const { id, onOpen, onClose } = props;
  const t = useText();
  const live = useLiveOperation(id);
  return (
    <Dialog
      isOpen
      className={styles.drawer}
      onOpenChange={isOpen => {
        if (!isOpen) onClose();
      }}
    >
      <DialogHeader>{live.value?.title ?? t('operation.drawer')}</DialogHeader>
      <LiveGate
        live={live}
        errorTitle={t('operation.errorTitle')}
        skeleton={
          <DialogBody>
            <div role="status" aria-label={t('problem.loading')}>
              <Skeleton height={240} />
            </div>
          </DialogBody>
        }
        renderEnd={() => (
          <DialogBody>
            <StateBlock
              kind="notFound"
              title={t('operation.notFound')}
              facts={[
                {
                  name: t('problem.missingRight'),
                  value: <code>{tenantReadPermission.name}</code>,
                },
              ]}
            />
          </DialogBody>
        )}
      >
        {operation => <DrawerBody operation={operation} onOpen={onOpen} />}
      </LiveGate>
    </Dialog>
  );
}

function DrawerBody(props: {
  readonly operation: Operation;
  readonly onOpen: (id: string) => void;
}) {
  const { operation, onOpen } = props;
  return (
    <>
      <DialogBody>
        <OperationHead operation={operation} />
        <OperationTabs operation={operation} />
      </DialogBody>
      <DrawerFooter operation={operation} onOpen={onOpen} />
    </>
  );
}
