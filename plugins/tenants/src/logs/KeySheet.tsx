// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Switch,
} from '@backstage/ui';
import { useText, type Translate } from '../useText';
import { classes } from './styles';

function keysOf(t: Translate): readonly (readonly [string, string])[] {
  return [
    ['/', t('logs.keySearch')],
    ['Esc', t('logs.keyLeave')],
    ['n  N', t('logs.keyMatches')],
    ['e  E', t('logs.keyErrors')],
    ['Space', t('logs.keyFollow')],
    ['End  Home', t('logs.keyEnds')],
    ['j  k  ↓  ↑', t('logs.keyRows')],
    ['x', t('logs.keyFold')],
    ['X', t('logs.keyFoldAll')],
    ['w', t('logs.keyWrap')],
    ['t', t('logs.keyTime')],
    ['c', t('logs.keyCopy')],
    ['y', t('logs.keyLink')],
    ['[  ]', t('logs.keyContext')],
    ['f', t('logs.keyScreen')],
    ['?', t('logs.keyHelp')],
  ];
}

/** All keys of the log view, and whether single letters are keys. */
export function KeySheet(props: {
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly keysOn: boolean;
  readonly onKeysOn: (on: boolean) => void;
}) {
  const { isOpen, onOpenChange, keysOn, onKeysOn } = props;
  const t = useText();
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Dialog width={480}>
        <DialogHeader>{t('logs.keysTitle')}</DialogHeader>
        <DialogBody>
          <dl className={classes.keys}>
            {keysOf(t).map(([key, text]) => (
              <div key={key}>
                <dt>
                  {key.split('  ').map(one => (
                    <kbd key={one}>{one}</kbd>
                  ))}
                </dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
          <Switch
            label={t('logs.keysOn')}
            isSelected={keysOn}
            onChange={onKeysOn}
          />
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" slot="close">
            {t('logs.close')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
