import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { FileQuestion, Lock } from 'lucide-react';
import { failureKind, failureText, requestIdOf } from '../api/failure.ts';
import { buttonClass } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import css from './frame.module.css';

/** Stands where a screen failed: what happened, and one way on. The frame around it stays. */
export function ScreenFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const { reset: forget } = useQueryErrorResetBoundary();
  const retry = () => {
    forget();
    reset();
    void router.invalidate();
  };
  return (
    <div className={css.main}>
      <FailureState page error={error} onRetry={retry} />
    </div>
  );
}

export interface FailureStateProps {
  /** It is all there is on the page. */
  readonly page?: boolean;
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong with a part of a screen: gone, forbidden, offline or broken, each in its own words. */
export function FailureState({ page = false, error, onRetry }: FailureStateProps) {
  const message = failureText(error);
  const home = (
    <Link to="/" className={buttonClass()}>
      All projects
    </Link>
  );
  switch (failureKind(error)) {
    case 'not-found':
      return (
        <EmptyState page={page} icon={<FileQuestion aria-hidden />} title="Not found" actions={home}>
          {message}
        </EmptyState>
      );
    case 'forbidden':
      return (
        <EmptyState page={page} icon={<Lock aria-hidden />} title="Not yours to see" actions={home}>
          {message}
        </EmptyState>
      );
    case 'offline':
      return (
        <ErrorState
          page={page}
          title="The server does not answer"
          message={`${message} What you see elsewhere is from before.`}
          onRetry={onRetry}
        />
      );
    default:
      return (
        <ErrorState
          page={page}
          title="This did not work"
          message={message}
          requestId={requestIdOf(error)}
          onRetry={onRetry}
        />
      );
  }
}

/** Stands where the address leads nowhere. */
export function NoSuchPage() {
  return (
    <div className={css.main}>
      <EmptyState
        page
        icon={<FileQuestion aria-hidden />}
        title="There is no such page"
        actions={
          <Link to="/" className={buttonClass('main')}>
            All projects
          </Link>
        }
      >
        The address may have a slip in it.
      </EmptyState>
    </div>
  );
}

/** Stands for a screen that is being loaded. */
export function PendingScreen() {
  return (
    <div className={css.main}>
      <Skeleton lines={6} height={16} />
    </div>
  );
}
