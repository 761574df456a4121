// SPDX-License-Identifier: Apache-2.0
import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { formatAmount } from '../../formatting/quantity';
import { useText, type Translate } from '../../useText';
import { OptionButton } from '../OptionButton';
import { classes } from '../styles';
import { MAX_DOWNLOAD_BYTES, type Download } from './useDownload';

/** What can be downloaded. */
export type DownloadWhat = {
  readonly all: boolean;
  readonly format: 'text' | 'ndjson';
};

function statusText(t: Translate, download: Download): string | undefined {
  const { status } = download;
  switch (status.state) {
    case 'none':
      return undefined;
    case 'running':
      return t('logs.downloading', {
        size: formatAmount(status.bytes, 'bytes'),
      });
    case 'done':
      return t('logs.downloaded', {
        size: formatAmount(status.bytes, 'bytes'),
      });
    case 'failed':
      return t('logs.downloadFailed');
    case 'tooLarge':
      return t('logs.downloadTooLarge', {
        size: formatAmount(MAX_DOWNLOAD_BYTES, 'bytes'),
      });
    default:
      return status satisfies never;
  }
}

/** Chooses what to put into a file, and says how it goes. */
export function DownloadMenu(props: {
  readonly download: Download;
  readonly onChoose: (what: DownloadWhat) => void;
}) {
  const { download, onChoose } = props;
  const t = useText();
  const text = statusText(t, download);
  return (
    <>
      {text && (
        <span className={classes.downloadText} title={text}>
          {text}
        </span>
      )}
      {download.status.state === 'running' && (
        <Button size="small" variant="secondary" onPress={download.cancel}>
          {t('logs.cancel')}
        </Button>
      )}
      <MenuTrigger>
        <OptionButton label={t('logs.download')} icon={<RiDownloadLine />} />
        <Menu>
          <MenuItem onAction={() => onChoose({ all: false, format: 'text' })}>
            {t('logs.downloadShownText')}
          </MenuItem>
          <MenuItem onAction={() => onChoose({ all: false, format: 'ndjson' })}>
            {t('logs.downloadShownJson')}
          </MenuItem>
          <MenuItem onAction={() => onChoose({ all: true, format: 'text' })}>
            {t('logs.downloadAllText')}
          </MenuItem>
          <MenuItem onAction={() => onChoose({ all: true, format: 'ndjson' })}>
            {t('logs.downloadAllJson')}
          </MenuItem>
        </Menu>
      </MenuTrigger>
    </>
  );
}
