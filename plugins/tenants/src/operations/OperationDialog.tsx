// SPDX-License-Identifier: Apache-2.0
import { Dialog } from '@backstage/ui';
import type { Operation } from '@tenantry/backstage-plugin-tenants-common';
import type { Action } from './Action';
import { AdoptPreview } from './previews/AdoptPreview';
import { MemberPreview } from './previews/MemberPreview';
import { ModulePreview } from './previews/ModulePreview';
import { PlainPreview } from './previews/PlainPreview';
import { RollbackPreview } from './previews/RollbackPreview';
import { ScalePreview } from './previews/ScalePreview';
import { DraftsContext, draftsOf } from './useDraft';

/** Widths of the preview. */
const WIDTH_PX = 680;

/** What each preview is told. */
export type PreviewProps<A extends Action = Action> = {
  readonly tenant: string;
  readonly action: A;
  readonly onStarted: (operation: Operation) => void;
  readonly onClose: () => void;
};

/** The preview of an action. It ends with an operation or with nothing. */
export function OperationDialog(props: PreviewProps) {
  return (
    <Dialog
      isOpen
      width={WIDTH_PX}
      // A click beside it would lose what was chosen.
      isDismissable={false}
      onOpenChange={isOpen => {
        if (!isOpen) props.onClose();
      }}
    >
      <DraftsContext.Provider value={draftsOf(props.action)}>
        <Preview {...props} />
      </DraftsContext.Provider>
    </Dialog>
  );
}

function Preview({ action, ...rest }: PreviewProps) {
  switch (action.type) {
    case 'restart':
    case 'sleep':
    case 'wake':
    case 'delete':
    case 'purge':
    case 'remove-member':
      return <PlainPreview {...rest} action={action} />;
    case 'scale':
      return <ScalePreview {...rest} action={action} />;
    case 'adopt':
      return <AdoptPreview {...rest} action={action} />;
    case 'rollback':
      return <RollbackPreview {...rest} action={action} />;
    case 'add-module':
    case 'change-module':
    case 'remove-module':
      return <ModulePreview {...rest} action={action} />;
    case 'add-member':
    case 'change-member':
      return <MemberPreview {...rest} action={action} />;
    default:
      return action satisfies never;
  }
}
