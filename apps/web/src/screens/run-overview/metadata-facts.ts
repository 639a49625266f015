import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';

/** What the metadata of a run says in the words of the overview; what it does not say is left out. */
export interface MetadataFacts {
  readonly command?: string;
  readonly host?: string;
  readonly git?: { readonly commit: string; readonly remote: string | null };
  readonly python?: string;
  readonly os?: string;
  readonly hardware?: string;
}

/** Reads the names that W&B's client gives to metadata. */
export function metadataFacts(metadata: JsonValue): MetadataFacts {
  if (!isJsonObject(metadata)) return {};
  const text = (name: string) => textOf(metadata[name]);
  const git = isJsonObject(metadata.git ?? null) ? (metadata.git as Readonly<Record<string, JsonValue>>) : {};
  const commit = textOf(git.commit) ?? textOf(metadata.commit);
  const command = commandOf(text('program') ?? text('codePath') ?? text('command'), metadata.args);
  const [host, python, os, hardware] = [text('host'), text('python'), text('os'), hardwareOf(metadata)];
  return {
    ...(command !== null && { command }),
    ...(host !== null && { host }),
    ...(commit !== null && { git: { commit, remote: webAddress(textOf(git.remote)) } }),
    ...(python !== null && { python }),
    ...(os !== null && { os }),
    ...(hardware !== null && { hardware }),
  };
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function commandOf(program: string | null, args: JsonValue | undefined): string | null {
  if (program === null) return null;
  const rest = Array.isArray(args) ? args.map((each: JsonValue) => quoted(String(each))) : [];
  return [quoted(program), ...rest].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function hardwareOf(metadata: Readonly<Record<string, JsonValue>>): string | null {
  const gpus = numberOf(metadata.gpu_count) ?? numberOf(metadata.gpuCount);
  const gpu = textOf(metadata.gpu);
  const cpus = numberOf(metadata.cpu_count) ?? numberOf(metadata.cpuCount);
  const parts = [
    gpu !== null && (gpus !== null && gpus > 1 ? `${gpus} × ${gpu}` : gpu),
    cpus !== null && `${cpus} CPU ${cpus === 1 ? 'core' : 'cores'}`,
  ];
  return parts.filter(Boolean).join(', ') || null;
}

function numberOf(value: JsonValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** Where a git remote can be looked at: an https address as it is, one of ssh turned into one. Null for anything else. */
export function webAddress(remote: string | null): string | null {
  if (remote === null) return null;
  const ssh = /^(?:ssh:\/\/)?git@([\w.-]+)[:/](.+?)(?:\.git)?$/.exec(remote);
  if (ssh) return `https://${ssh[1]}/${ssh[2]}`;
  return /^https:\/\/[\w.-]+\//.test(remote) ? remote.replace(/\.git$/, '') : null;
}
