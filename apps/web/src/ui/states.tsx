import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import css from './small.module.css';

export interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  /** What one can do about it. */
  readonly actions?: ReactNode;
}

/** Says that there is nothing here, why, and what to do. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={css.state}>
      {icon}
      <h2 className={css.stateTitle}>{title}</h2>
      {children !== undefined && <div className={css.stateText}>{children}</div>}
      {actions !== undefined && <div className={css.stateMore}>{actions}</div>}
    </div>
  );
}

export interface ErrorStateProps {
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
export function ErrorState({ title, message, requestId, onRetry, actions }: ErrorStateProps) {
  return (
    <div className={css.state} role="alert">
      <h2 className={css.stateTitle}>{title}</h2>
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
