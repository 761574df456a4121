// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { RiSearchLine } from '@remixicon/react';
import { useText } from '../useText';
import { useOpenPalette } from './PaletteContext';
import styles from './palette.module.css';

/** How the key is written on this machine. */
function keyName(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K';
}

/** Opens the palette by pointer, and tells of its key. */
export function JumpButton() {
  const t = useText();
  const open = useOpenPalette();
  if (!open) return null;
  return (
    <Button
      size="small"
      variant="tertiary"
      iconStart={<RiSearchLine />}
      aria-label={t('palette.open')}
      aria-keyshortcuts="Control+K Meta+K"
      onPress={open}
    >
      {/* A phone has no such key, and no room for the words beside a long name. */}
      <span className={styles.jump}>
        {t('palette.open')} <kbd className={styles.key}>{keyName()}</kbd>
      </span>
    </Button>
  );
}
