import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Skeleton } from '../ui/skeleton.tsx';
import { FailureState } from './screen-failure.tsx';

export interface QueryPartProps<Data> {
  readonly query: UseQueryResult<Data, Error>;
  /** What stands there meanwhile; lines of a skeleton unless given. */
  readonly pending?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** A part of a screen that a query fills: a skeleton, then what was answered; a failure in words when there is nothing yet. */
export function QueryPart<Data>({ query, pending, children }: QueryPartProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <FailureState error={query.error} onRetry={() => void query.refetch()} />;
  return pending ?? <Skeleton lines={6} height={16} />;
}
