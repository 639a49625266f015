import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import css from './small.module.css';

export interface EmptyStateProps {
  /** It is all there is on the page, so its title is the page's. */
  readonly page?: boolean;
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  /** What one can do about it. */
  readonly actions?: ReactNode;
}

/** Says that there is nothing here, why, and what to do. */
export function EmptyState({ page = false, icon, title, children, actions }: EmptyStateProps) {
  const Heading = page ? 'h1' : 'h2';
  return (
    <div className={css.state}>
      {icon}
      <Heading className={css.stateTitle}>{title}</Heading>
      {children !== undefined && <div className={css.stateText}>{children}</div>}
      {actions !== undefined && <div className={css.stateMore}>{actions}</div>}
    </div>
  );
}

export interface ErrorStateProps {
  /** It is all there is on the page, so its title is the page's. */
  readonly page?: boolean;
  readonly title: string;
  /** What happened, as the server or the network said it. */
  readonly message: string;
  /** The id under which the server logged it. */
  readonly requestId?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  /** Another way on. */
  readonly actions?: ReactNode;
}

/** Says what went wrong, and one way on. */
export function ErrorState({ page = false, title, message, requestId, onRetry, actions }: ErrorStateProps) {
  const Heading = page ? 'h1' : 'h2';
  return (
    <div className={css.state} role="alert">
      <Heading className={css.stateTitle}>{title}</Heading>
      <p className={css.stateText}>{message}</p>
      {requestId !== undefined && (
        <p className={css.stateText}>
          The server logged it under <code>{requestId}</code>.
        </p>
      )}
      <div className={css.stateMore}>
        {onRetry && (
          <Button look="main" onClick={onRetry}>
            Try again
          </Button>
        )}
        {actions}
      </div>
    </div>
  );
}
