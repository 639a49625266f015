import { ListFilter } from 'lucide-react';
import type { LogLevel } from '../../generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import css from './level-choice.module.css';
import { LOG_LEVELS } from './log-search.ts';

const WORDS: Record<LogLevel, string> = { DEBUG: 'Debug', INFO: 'Info', WARN: 'Warn', ERROR: 'Error' };

export interface LevelChoiceProps {
  /** All levels when undefined. */
  readonly levels: readonly LogLevel[] | undefined;
  readonly only: boolean;
  /** Whether something is searched for. */
  readonly canOnly: boolean;
  readonly onLevels: (levels: readonly LogLevel[] | undefined) => void;
  readonly onOnly: (only: boolean) => void;
}

/** Which lines are shown: by how serious they are, and whether they hold what is searched for. */
export function LevelChoice({ levels = LOG_LEVELS, only, canOnly, onLevels, onOnly }: LevelChoiceProps) {
  const isAll = levels.length === LOG_LEVELS.length;
  const parts = [...(isAll ? [] : [levels.map((level) => WORDS[level]).join(', ')]), ...(only ? ['matches'] : [])];
  const choose = (level: LogLevel, isIn: boolean) => {
    const next = LOG_LEVELS.filter((each) => (each === level ? isIn : levels.includes(each)));
    onLevels(next.length === 0 || next.length === LOG_LEVELS.length ? undefined : next);
  };
  return (
    <Popover
      label="Which lines are shown"
      trigger={
        <Button look={parts.length > 0 ? 'plain' : 'quiet'}>
          <ListFilter aria-hidden />
          {parts.length > 0 ? parts.join(' · ') : 'Levels'}
        </Button>
      }
    >
      <div className={css.choices}>
        {LOG_LEVELS.map((level) => (
          <span key={level} className={css.choice}>
            <Checkbox label={WORDS[level]} checked={levels.includes(level)} onChange={(isIn) => choose(level, isIn)} />
            <span aria-hidden="true">{WORDS[level]}</span>
            <Button look="quiet" className={css.alone ?? ''} onClick={() => onLevels([level])}>
              only <span className="visually-hidden">{WORDS[level]}</span>
            </Button>
          </span>
        ))}
        <span className={css.choice}>
          <Checkbox
            label="Only lines that hold the searched text"
            checked={only}
            disabled={!canOnly}
            onChange={onOnly}
          />
          <span aria-hidden="true">Only lines that hold the searched text</span>
        </span>
      </div>
    </Popover>
  );
}
