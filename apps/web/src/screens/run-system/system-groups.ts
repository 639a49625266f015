/** The parts of a machine, in the order shown. */
export const SYSTEM_PARTS = ['CPU', 'Memory', 'GPU', 'Disk', 'Network', 'Process', 'Other'] as const;

/** One of `SYSTEM_PARTS`. */
export type SystemPart = (typeof SYSTEM_PARTS)[number];

/** A chart: metrics that mean the same, of several devices. */
export interface SystemChart {
  /** What it shows, in words: `GPU temperature`. */
  readonly title: string;
  readonly unit: SystemUnit;
  /** The metrics with what tells them apart. */
  readonly lines: readonly { readonly key: string; readonly label: string }[];
}

/** How values are to be read; what is not known is a plain number. */
export type SystemUnit = '%' | 'bytes' | 'MB' | 'GB' | '°C' | 'W' | 'MHz' | 's' | '';

/** The charts of one part of the machine. */
export interface SystemGroup {
  readonly part: SystemPart;
  readonly charts: readonly SystemChart[];
}

const PREFIX = 'system/';

/** Sorts the system metrics of a run into charts: the same measure of several devices in one, parts in their order. */
export function groupSystemKeys(keys: readonly string[]): SystemGroup[] {
  const charts = new Map<string, { part: SystemPart; chart: SystemChart }>();
  for (const key of keys) {
    const name = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key;
    const { measure, device } = takeDevice(name);
    const line = { key, label: device === '' ? titleOf(measure) : device };
    const known = charts.get(measure);
    const chart = known?.chart ?? { title: titleOf(measure), unit: unitOf(measure), lines: [] };
    charts.set(measure, { part: partOf(name), chart: { ...chart, lines: [...chart.lines, line] } });
  }
  return SYSTEM_PARTS.map((part) => ({
    part,
    charts: [...charts.values()]
      .filter((entry) => entry.part === part)
      .map(({ chart }) => ({ ...chart, lines: [...chart.lines].sort((a, b) => order.compare(a.label, b.label)) }))
      .sort((a, b) => order.compare(a.title, b.title)),
  })).filter(({ charts: list }) => list.length > 0);
}

const order = new Intl.Collator('en', { numeric: true });

/** Takes out of a name which device it speaks of: `gpu/0/temp` is `gpu/temp` of GPU 0, `disk///usageGB` of the disk at `/`. */
function takeDevice(name: string): { measure: string; device: string } {
  const numbered = /^(gpu|cpu|tpu|npu|ipu|disk|network)\/(?:process\/)?(\d+)\/(.+)$/.exec(name);
  if (numbered) {
    const process = /\/process\//.test(name) ? 'process/' : '';
    return {
      measure: `${numbered[1]}/${process}${numbered[3]}`,
      device: `${numbered[1]?.toUpperCase()} ${numbered[2]}`,
    };
  }
  const mounted = /^disk\/(\/.*|[^/]+)\/([^/]+)$/.exec(name);
  if (mounted && mounted[1] !== 'in' && mounted[1] !== 'out') {
    return { measure: `disk/${mounted[2]}`, device: mounted[1] === '//' ? '/' : (mounted[1] ?? '') };
  }
  const core = /^(cpu)\/?(\d+)?\/?cpu_percent$/.exec(name);
  return core?.[2] ? { measure: 'cpu/cpu_percent', device: `CPU ${core[2]}` } : { measure: name, device: '' };
}

function partOf(name: string): SystemPart {
  if (/^(gpu|tpu|npu|ipu|trn|neuron|apple)/i.test(name)) return 'GPU';
  if (/^proc/i.test(name)) return 'Process';
  if (/^cpu/i.test(name)) return 'CPU';
  if (/^mem|swap|ram/i.test(name)) return 'Memory';
  if (/^disk/i.test(name)) return 'Disk';
  if (/^net/i.test(name)) return 'Network';
  return 'Other';
}

const TITLES: Readonly<Record<string, string>> = {
  cpu: 'CPU use of the process',
  'cpu/cpu_percent': 'CPU use of each core',
  memory: 'Memory in use',
  memory_percent: 'Memory in use',
  'proc/cpu/threads': 'Threads of the process',
  'proc/memory/rssMB': 'Memory of the process',
  'proc/memory/percent': 'Memory of the process',
  'proc/memory/availableMB': 'Memory that is free',
  'gpu/gpu': 'GPU use',
  'gpu/memory': 'GPU memory traffic',
  'gpu/memoryAllocated': 'GPU memory in use',
  'gpu/memoryAllocatedBytes': 'GPU memory in use',
  'gpu/temp': 'GPU temperature',
  'gpu/powerWatts': 'GPU power',
  'gpu/powerPercent': 'GPU power of its limit',
  'gpu/smClock': 'GPU clock',
  'gpu/memoryClock': 'GPU memory clock',
  'disk/usagePercent': 'Disk in use',
  'disk/usageGB': 'Disk in use',
  'disk/in': 'Read from disk',
  'disk/out': 'Written to disk',
  'network/sent': 'Sent to the network',
  'network/recv': 'Received from the network',
};

function titleOf(measure: string): string {
  const known = Object.hasOwn(TITLES, measure) ? TITLES[measure] : undefined;
  return known ?? measure.replaceAll('/', ' ');
}

function unitOf(measure: string): SystemUnit {
  if (/percent$|^cpu$|^memory$|gpu\/gpu$|gpu\/memory$|gpu\/memoryAllocated$|utilization|usage$/i.test(measure))
    return '%';
  if (/bytes$|^network\/(sent|recv)/i.test(measure)) return 'bytes';
  if (/GB$/.test(measure)) return 'GB';
  if (/MB$|^disk\/(in|out)$/.test(measure)) return 'MB';
  if (/temp(erature)?$/i.test(measure)) return '°C';
  if (/watts$/i.test(measure)) return 'W';
  if (/clock$|mhz$/i.test(measure)) return 'MHz';
  return /seconds$/i.test(measure) ? 's' : '';
}
