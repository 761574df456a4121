// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
} from '@backstage/ui';
import { RiEyeLine } from '@remixicon/react';
import { platformReadPermission } from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useId, useState, type FormEvent } from 'react';
import { tenantsApiRef } from '../api';
import { problemText } from '../components/problemText';
import { useAnswer } from '../live/useAnswer';
import { classes } from '../styles';
import { useText } from '../useText';
import { checkViewAs } from './checkViewAs';
import { UserField } from './UserField';
import { useViewAs } from './useViewAs';

/** Lets platform engineers look at the portal as somebody else. Absent for everybody else. */
export function ViewAsControl() {
  const t = useText();
  const { allowed } = usePermission({ permission: platformReadPermission });
  const [isOpen, setOpen] = useState(false);
  if (!allowed) return null;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button size="small" variant="secondary" iconStart={<RiEyeLine />}>
        {t('viewAs.open')}
      </Button>
      <Dialog width={520}>
        <ViewAsForm onClose={() => setOpen(false)} />
      </Dialog>
    </DialogTrigger>
  );
}

/** `mia` means `user:default/mia`, as the portal reads it too. */
function toUserRef(text: string): string {
  if (text.includes(':')) return text;
  return text.includes('/') ? `user:${text}` : `user:default/${text}`;
}

/** Tries a user before it counts: a portal that cannot be looked at as that one would show nothing but errors. */
function useTry(onSuccess: (user: string) => void) {
  const api = useApi(tenantsApiRef);
  const [candidate, setCandidate] = useState<{ user: string; n: number }>();
  const { value: tried } = useAnswer(async signal => {
    const user = candidate?.user ?? '';
    return { candidate, problem: await checkViewAs(api, user, signal) };
  }, candidate && JSON.stringify(candidate));
  const isAnswered = tried?.candidate === candidate;
  useEffect(() => {
    if (candidate && isAnswered && !tried?.problem) onSuccess(candidate.user);
  }, [candidate, isAnswered, tried, onSuccess]);
  return {
    user: candidate?.user ?? '',
    isAsking: candidate !== undefined && !isAnswered,
    problem: isAnswered ? tried?.problem : undefined,
    start: (user: string) => setCandidate({ user, n: (candidate?.n ?? 0) + 1 }),
  };
}

function ViewAsForm({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [, setUser] = useViewAs();
  const [text, setText] = useState('');
  const attempt = useTry(setUser);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt.start(toUserRef(text.trim()));
  };
  return (
    <>
      <DialogHeader>{t('viewAs.title')}</DialogHeader>
      <DialogBody>
        <form id={formId} className={classes.viewAsForm} onSubmit={submit}>
          <p>{t('viewAs.about')}</p>
          <UserField value={text} onChange={setText} />
          {attempt.problem && (
            <p role="alert">
              <strong>{t('viewAs.failed', { user: attempt.user })}</strong>{' '}
              {problemText(t, attempt.problem)}
            </p>
          )}
        </form>
      </DialogBody>
      <DialogFooter>
        <Button
          type="submit"
          form={formId}
          variant="primary"
          isDisabled={text.trim() === ''}
          isPending={attempt.isAsking}
        >
          {t('viewAs.start')}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          {t('viewAs.cancel')}
        </Button>
      </DialogFooter>
    </>
  );
}
