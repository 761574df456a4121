// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Radio,
  RadioGroup,
  Switch,
} from '@backstage/ui';
import { useOpenTenant } from '../navigation';
import { TENANT_TABS } from '../routes';
import { isTimeFormat, type TimeFormat } from '../times/TimeFormat';
import { useTimeFormat } from '../times/useTimeFormat';
import { useText, type Translate } from '../useText';
import styles from './palette.module.css';

const WIDTH_PX = 480;
/** As people meet them: the first is how it is until somebody chooses. */
const IN_ORDER: readonly TimeFormat[] = ['relative', 'utc', 'local'];

function keysOf(
  t: Translate,
  isTenant: boolean,
): readonly (readonly [string, string])[] {
  const ofTenant = [
    [`1 … ${Math.min(9, TENANT_TABS.length)}`, t('keys.tabs')],
    ['l', t('keys.rowLogs')],
    ['y', t('keys.rowYaml')],
    ['a', t('keys.rowActions')],
    ['p', t('keys.firstStep')],
  ] as const;
  return [
    ['⌘K  Ctrl K', t('keys.palette')],
    ['/', t('keys.search')],
    ['g t', t('keys.goTenants')],
    ['g m', t('keys.goModules')],
    ['g p', t('keys.goPlatform')],
    ['g o', t('keys.goOperations')],
    ...(isTenant ? ofTenant : []),
    ['?', t('keys.help')],
    ['Esc', t('keys.close')],
  ];
}

/** How times are written on all pages of ours; for those who cannot hover. */
function TimesField() {
  const t = useText();
  const [times, setTimes] = useTimeFormat();
  return (
    <RadioGroup
      className={styles.times}
      label={t('times.title')}
      orientation="horizontal"
      value={times}
      onChange={value => {
        if (isTimeFormat(value)) setTimes(value);
      }}
    >
      {IN_ORDER.map(format => (
        <Radio key={format} value={format}>
          {t(`times.${format}`)}
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** The keys of the page that is open, how times are written, and whether single letters are keys. */
export function KeySheet(props: {
  readonly lettersOn: boolean;
  readonly onLettersOn: (isOn: boolean) => void;
  readonly onClose: () => void;
}) {
  const { lettersOn, onLettersOn, onClose } = props;
  const t = useText();
  const isTenant = useOpenTenant() !== undefined;
  return (
    <Dialog
      isOpen
      width={WIDTH_PX}
      onOpenChange={isOpen => {
        if (!isOpen) onClose();
      }}
    >
      <DialogHeader>{t('keys.title')}</DialogHeader>
      <DialogBody>
        <dl className={styles.keys}>
          {keysOf(t, isTenant).map(([key, text]) => (
            <div key={key}>
              <dt>
                <kbd className={styles.key}>{key}</kbd>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <TimesField />
        <Switch
          label={t('keys.letters')}
          isSelected={lettersOn}
          onChange={onLettersOn}
        />
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onPress={onClose}>
          {t('keys.done')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
