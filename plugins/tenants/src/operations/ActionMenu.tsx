// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  ButtonIcon,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
} from '@backstage/ui';
import { RiArrowDownSLine, RiMore2Line } from '@remixicon/react';
import { useText } from '../useText';
import type { Action } from './Action';
import { useOperations } from './OperationsProvider';

/** An action with what it is called. */
export type ActionItem = {
  readonly id: string;
  readonly label: string;
  readonly action: Action;
  readonly isDanger?: boolean;
};

/** Actions that belong together. */
export type ActionGroup = {
  readonly title?: string;
  readonly items: readonly ActionItem[];
};

/** Props of {@link ActionMenu}. */
export type ActionMenuProps = {
  /** What the actions are of. */
  readonly name: string;
  readonly groups: readonly ActionGroup[];
  /** In a row there is room for an icon only. */
  readonly inRow?: boolean;
  /** Something was chosen: what holds the menu may go. */
  readonly onChosen?: () => void;
};

/** What can be done. Actions without the right for them are absent, and so is a menu without any. */
export function ActionMenu(props: ActionMenuProps) {
  const { name, groups, inRow, onChosen } = props;
  const t = useText();
  const operations = useOperations();
  const offered = groups
    .map(({ title, items }) => ({
      title,
      items: items.filter(item => operations?.offers(item.action)),
    }))
    .filter(group => group.items.length > 0);
  if (!operations || offered.length === 0) return null;
  const byId = new Map(
    offered.flatMap(({ items }) => items.map(item => [item.id, item.action])),
  );
  const label = t('actions.menuOf', { name });
  const items = (group: ActionGroup) =>
    group.items.map(item => (
      <MenuItem
        key={item.id}
        id={item.id}
        color={item.isDanger ? 'danger' : undefined}
      >
        {item.label}
      </MenuItem>
    ));
  return (
    <MenuTrigger>
      {inRow ? (
        <ButtonIcon
          size="small"
          variant="tertiary"
          aria-label={label}
          icon={<RiMore2Line />}
        />
      ) : (
        <Button
          size="small"
          variant="secondary"
          aria-label={label}
          iconEnd={<RiArrowDownSLine />}
        >
          {t('actions.menu')}
        </Button>
      )}
      <Menu
        onAction={key => {
          const action = byId.get(String(key));
          if (!action) return;
          operations.launch(action);
          onChosen?.();
        }}
      >
        {offered.map((group, at) =>
          group.title === undefined ? (
            items(group)
          ) : (
            <MenuSection key={group.title ?? String(at)} title={group.title}>
              {items(group)}
            </MenuSection>
          ),
        )}
      </Menu>
    </MenuTrigger>
  );
}
