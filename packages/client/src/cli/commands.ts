import { codegenCommand } from './codegen-command.ts';
import { completionCommand } from './completion-command.ts';
import { exportCommand } from './export/export-command.ts';
import type { Command } from './frame/command.ts';
import { helpCommand } from './help-command.ts';
import { importCommand } from './import-command.ts';
import { keysCommand } from './keys/keys-command.ts';
import { loginCommand } from './login/login-command.ts';
import { logoutCommand } from './login/logout-command.ts';
import { projectsCommand } from './projects/projects-command.ts';
import { runsCommand } from './runs/runs-command.ts';
import { showRunCommand } from './runs/show-run-command.ts';
import { migrateCommand, serveCommand } from './serve-command.ts';
import { syncCommand } from './sync-command.ts';

/** Every command of `summa`, in the order of the help. Help, completion and suggestions are made of this table. */
export const commands: readonly Command[] = [
  serveCommand,
  migrateCommand,
  loginCommand,
  logoutCommand,
  importCommand,
  syncCommand,
  exportCommand,
  projectsCommand,
  runsCommand,
  showRunCommand,
  codegenCommand,
  keysCommand,
  completionCommand(() => commands),
  helpCommand(() => commands),
];
