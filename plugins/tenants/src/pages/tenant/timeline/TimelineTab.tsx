// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  SearchField,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import type {
  Operation,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { ChoiceField } from '../../../components/ChoiceField';
import { problemText } from '../../../components/problemText';
import { StateBlock } from '../../../components/StateBlock';
import { formatDate } from '../../../formatting/duration';
import { formatClock } from '../../../formatting/moment';
import { useQuery } from '../../../navigation';
import { useNewestOperations } from '../../../operations/useNewestOperations';
import { classes } from '../../../styles';
import { useTimeZone } from '../../../times/useTimeZone';
import { useText } from '../../../useText';
import styles from './timeline.module.css';
import { laneName, TimelineAxis } from './TimelineAxis';
import { groupByHour, LANES, type TimelineEntry } from './timelineEntries';
import { TimelineRow } from './TimelineRow';
import { useRevisions } from './useRevisions';
import { useTimelineEntries } from './useTimelineEntries';
import { useTimelineFilter } from './useTimelineFilter';

const NO_OPERATIONS: readonly Operation[] = [];
/** Entries that are drawn at the most; filters lead to the others. */
const MAX_ENTRIES = 300;

/** Everything that happened, on one axis: operations, releases and events. */
export function TimelineTab({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const { name } = tenant;
  const operations = useNewestOperations({ tenant: name, isAllowed: true });
  const answer = useTimelineEntries(
    tenant,
    operations ?? NO_OPERATIONS,
    useRevisions(name, operations),
  );
  const { matches, isFiltered, clear } = useTimelineFilter();
  const shown = answer.entries.filter(matches).slice(0, MAX_ENTRIES);
  return (
    <div className={classes.body}>
      <Filters tenant={tenant} />
      {answer.problem && (
        <p role="alert" className={classes.muted}>
          {t('timeline.partly', { why: problemText(t, answer.problem) })}{' '}
          <Button size="small" variant="tertiary" onPress={answer.retry}>
            {t('timeline.again')}
          </Button>
        </p>
      )}
      {shown.length === 0 && (
        <StateBlock
          kind="empty"
          title={isFiltered ? t('timeline.noMatch') : t('timeline.empty')}
          text={isFiltered ? undefined : t('timeline.emptyText')}
          actions={
            isFiltered ? (
              <Button variant="secondary" onPress={clear}>
                {t('timeline.clear')}
              </Button>
            ) : undefined
          }
        />
      )}
      {shown.length > 0 && <Timeline entries={shown} />}
    </div>
  );
}

function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const t = useText();
  const zone = useTimeZone();
  return (
    <section className={classes.card} aria-label={t('timeline.title')}>
      <div className={classes.cardBody}>
        <TimelineAxis entries={entries} />
      </div>
      {groupByHour(entries).map(({ hour, entries: of }) => {
        const title = t('timeline.hour', {
          day: formatDate(hour, zone),
          hour: formatClock(hour, zone, true),
        });
        return (
          <section key={hour} aria-label={title}>
            <h3 className={styles.hour}>{title}</h3>
            <ul className={classes.list}>
              {of.map(entry => (
                <TimelineRow key={entry.key} entry={entry} />
              ))}
            </ul>
          </section>
        );
      })}
    </section>
  );
}

function Filters({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const [search, change] = useQuery();
  const { lanes } = useTimelineFilter();
  return (
    <div className={classes.filters}>
      <ToggleButtonGroup
        className={classes.toggles}
        aria-label={t('timeline.lanes')}
        selectionMode="multiple"
        disallowEmptySelection
        selectedKeys={[...lanes]}
        onSelectionChange={keys => {
          const chosen = LANES.filter(lane => keys.has(lane));
          const isAll = chosen.length === LANES.length;
          change({ lane: isAll ? undefined : chosen.join(',') });
        }}
      >
        {LANES.map(lane => (
          <ToggleButton key={lane} id={lane}>
            {laneName(t, lane)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <div className={classes.searchBox}>
        <SearchField
          size="small"
          aria-label={t('timeline.search')}
          placeholder={t('timeline.search')}
          value={search.get('q') ?? ''}
          onChange={q => change({ q }, { replace: true })}
        />
      </div>
      <ChoiceField
        label={t('timeline.environment')}
        anyLabel={t('timeline.any')}
        value={search.get('env') ?? undefined}
        options={[...new Set(tenant.environments.map(e => e.name))]}
        onChange={env => change({ env })}
      />
    </div>
  );
}
