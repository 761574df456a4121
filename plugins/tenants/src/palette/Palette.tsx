// SPDX-License-Identifier: Apache-2.0
import { Dialog, DialogBody, DialogHeader } from '@backstage/ui';
import { Command } from 'cmdk';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { HealthMark } from '../components/HealthMark';
import { useGo } from '../navigation';
import type { Action } from '../operations/Action';
import { useTimeFormat } from '../times/useTimeFormat';
import { useText, type Translate } from '../useText';
import {
  PALETTE_SECTIONS,
  type PaletteEntry,
  type PaletteSection,
} from './PaletteEntry';
import styles from './palette.module.css';
import { usePaletteEntries } from './usePaletteEntries';

const WIDTH_PX = 640;

/** Props of {@link Palette}. */
export type PaletteProps = {
  readonly onClose: () => void;
  /** What was typed; it is kept where the palette is. */
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  /** Shows the preview of an action. */
  readonly onAction: (tenant: string, action: Action) => void;
};

function sectionTitle(t: Translate, section: PaletteSection): string {
  const titles: Record<PaletteSection, string> = {
    attention: t('palette.attention'),
    goTo: t('palette.goTo'),
    do: t('palette.do'),
  };
  return titles[section];
}

/** Finds tenants, modules, pages and actions by name. */
export function Palette(props: PaletteProps) {
  const t = useText();
  return (
    <Dialog
      isOpen
      width={WIDTH_PX}
      className={styles.dialog}
      onOpenChange={isOpen => {
        if (!isOpen) props.onClose();
      }}
    >
      <DialogHeader>{t('palette.title')}</DialogHeader>
      <DialogBody>
        <Finder {...props} />
      </DialogBody>
    </Dialog>
  );
}

function Finder({ onClose, onAction, typed, onTyped }: PaletteProps) {
  const t = useText();
  const go = useGo();
  const [, setTimes] = useTimeFormat();
  const [chosen, setChosen] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // The dialog itself has the focus first.
  useEffect(() => field.current?.focus(), []);
  const entries = usePaletteEntries(typed);
  const choose = (entry: PaletteEntry) => {
    onClose();
    if ('href' in entry) go(entry.href);
    else if ('times' in entry) setTimes(entry.times);
    else onAction(entry.tenant, entry.action);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const inNewTab = event.key === 'Enter' && (event.metaKey || event.ctrlKey);
    const entry = entries?.find(({ id }) => id === chosen);
    if (!inNewTab || !entry || !('href' in entry)) return;
    // cmdk leaves alone what is prevented.
    event.preventDefault();
    window.open(entry.href, '_blank', 'noopener');
  };
  return (
    <Command
      className={styles.command}
      label={t('palette.title')}
      shouldFilter={false}
      loop
      value={chosen}
      onValueChange={setChosen}
      onKeyDown={onKeyDown}
    >
      <Command.Input
        ref={field}
        className={styles.input}
        placeholder={t('palette.placeholder')}
        value={typed}
        onValueChange={onTyped}
      />
      {/* Beside the list: in it there are choices only. */}
      {!entries?.length && (
        <div className={styles.empty} role="status">
          {entries ? t('palette.none') : t('palette.loading')}
        </div>
      )}
      <Command.List className={styles.list} label={t('palette.title')}>
        {PALETTE_SECTIONS.map(section => (
          <Section
            key={section}
            title={sectionTitle(t, section)}
            entries={entries?.filter(e => e.section === section) ?? []}
            onChoose={choose}
          />
        ))}
      </Command.List>
      <Foot />
    </Command>
  );
}

function Section(props: {
  readonly title: string;
  readonly entries: readonly PaletteEntry[];
  readonly onChoose: (entry: PaletteEntry) => void;
}) {
  const { title, entries, onChoose } = props;
  if (entries.length === 0) return null;
  return (
    <Command.Group heading={title}>
      {entries.map(entry => (
        <Command.Item
          key={entry.id}
          value={entry.id}
          className={styles.item}
          onSelect={() => onChoose(entry)}
        >
          {entry.health ? (
            <HealthMark code={entry.health} iconOnly />
          ) : (
            <span />
          )}
          <span className={styles.name} title={entry.detail}>
            {entry.name} <span className={styles.muted}>{entry.detail}</span>
          </span>
          <span className={styles.muted}>{entry.kind}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Foot() {
  const t = useText();
  return (
    <div className={styles.foot}>
      <span>
        <kbd className={styles.key}>↑</kbd> <kbd className={styles.key}>↓</kbd>{' '}
        {t('palette.choose')}
      </span>
      <span>
        <kbd className={styles.key}>Enter</kbd> {t('palette.enter')}
      </span>
      <span>
        <kbd className={styles.key}>Ctrl Enter</kbd> {t('palette.newTab')}
      </span>
      <span>{t('palette.only')}</span>
    </div>
  );
}
