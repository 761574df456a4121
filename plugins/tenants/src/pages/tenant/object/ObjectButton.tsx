// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '../../../navigation';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { objectAddress } from '../../../components/objectAddress';

/** The name of an object, which opens its drawer. Of kinds that are not shown whole the name only. */
export function ObjectButton(props: {
  readonly cluster: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}) {
  const t = useText();
  const [, change] = useQuery();
  const { name } = props;
  const address = objectAddress(props);
  if (address === undefined) return <>{name}</>;
  return (
    <button
      type="button"
      className={`${classes.textButton} ${classes.ellipsis}`}
      title={name}
      aria-label={t('object.open', { name })}
      onClick={() => change({ object: address })}
    >
      {name}
    </button>
  );
}
