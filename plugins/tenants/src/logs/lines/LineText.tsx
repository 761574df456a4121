// SPDX-License-Identifier: Apache-2.0
import { RiLockLine } from '@remixicon/react';
import { memo, useMemo } from 'react';
import { useText } from '../../useText';
import { classes } from '../styles';
import { parseLogText, type LogSegment, type LogStyle } from '../logText';
import type { LogLine } from '../LogRow';
import { LINE_FLAG } from '../work/LogColumns';

const styleClasses: Record<LogStyle, string> = {
  bold: classes.ansiBold,
  dim: classes.ansiDim,
  italic: classes.ansiItalic,
  underline: classes.ansiUnderline,
  red: classes.ansiRed,
  green: classes.ansiGreen,
  yellow: classes.ansiYellow,
  blue: classes.ansiBlue,
  magenta: classes.ansiMagenta,
  cyan: classes.ansiCyan,
  grey: classes.ansiGrey,
};

/** What the portal writes where a secret was. */
export const MASK = '[masked]';

function Masked({ rule }: { readonly rule: string | undefined }) {
  const t = useText();
  return (
    <span
      className={classes.masked}
      title={rule ? t('logs.maskedBy', { rule }) : undefined}
    >
      <RiLockLine size={11} aria-hidden />
      {t('logs.maskedMark')}
    </span>
  );
}

function ControlMark({ code }: { readonly code: string }) {
  const t = useText();
  return (
    <span className={classes.control} title={t('logs.controlMark', { code })}>
      {code}
    </span>
  );
}

/** Lines come by the thousand: what few of them need is not looked up for all. */
function Segment({ segment }: { readonly segment: LogSegment }) {
  const { text, styles, control } = segment;
  if (control) return <ControlMark code={text} />;
  if (styles.length === 0) return <>{text}</>;
  return (
    <span className={styles.map(style => styleClasses[style]).join(' ')}>
      {text}
    </span>
  );
}

function Segments({ raw }: { readonly raw: string }) {
  const segments = useMemo(() => parseLogText(raw), [raw]);
  return (
    <>
      {segments.map((segment, index) => (
        <Segment key={index} segment={segment} />
      ))}
    </>
  );
}

function Text(props: { readonly line: LogLine }) {
  const { text, flags, note } = props.line;
  if (!(flags & LINE_FLAG.masked)) return <Segments raw={text} />;
  const rules = note?.rules ?? [];
  return (
    <>
      {text.split(MASK).map((part, index) => (
        <span key={index}>
          {index > 0 && <Masked rule={rules[index - 1]} />}
          <Segments raw={part} />
        </span>
      ))}
    </>
  );
}

/** The text of a line: only ever text, with its colours, and marks where something was taken out or would have acted. */
export const LineText = memo(Text);
