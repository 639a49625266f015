import { Skeleton } from '../../ui/skeleton.tsx';
import css from './runs-screen.module.css';

/** Stands for the table while it is on its way. */
export function GridSkeleton() {
  return (
    <div className={css.skeleton}>
      <Skeleton lines={14} height={16} />
    </div>
  );
}
