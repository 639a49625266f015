import { describe, expect, it } from 'vitest';
import { groupSystemKeys } from './system-groups.ts';

describe('the system metrics of a run', () => {
  it('are sorted by the part of the machine that they speak of', () => {
    const keys = [
      'system/network/sent',
      'system/cpu',
      'system/memory_percent',
      'system/disk/in',
      'system/fan',
      'system/proc/memory/rssMB',
    ];
    expect(groupSystemKeys(keys).map(({ part, charts }) => [part, charts.map(({ title }) => title)])).toEqual([
      ['CPU', ['CPU use of the process']],
      ['Memory', ['Memory in use']],
      ['Disk', ['Read from disk']],
      ['Network', ['Sent to the network']],
      ['Process', ['Memory of the process']],
      ['Other', ['fan']],
    ]);
  });

  it('of several devices share a chart, devices in the order of their numbers', () => {
    const keys = ['system/gpu/10/temp', 'system/gpu/2/temp', 'system/gpu/0/temp', 'system/gpu/0/powerWatts'];
    expect(groupSystemKeys(keys)).toEqual([
      {
        part: 'GPU',
        charts: [
          { title: 'GPU power', unit: 'W', lines: [{ key: 'system/gpu/0/powerWatts', label: 'GPU 0' }] },
          {
            title: 'GPU temperature',
            unit: '°C',
            lines: [
              { key: 'system/gpu/0/temp', label: 'GPU 0' },
              { key: 'system/gpu/2/temp', label: 'GPU 2' },
              { key: 'system/gpu/10/temp', label: 'GPU 10' },
            ],
          },
        ],
      },
    ]);
  });

  it('of disks are told apart by where they are mounted', () => {
    const [group] = groupSystemKeys(['system/disk///usagePercent', 'system/disk//data/usagePercent']);
    expect(group?.charts[0]).toMatchObject({ title: 'Disk in use', unit: '%' });
    expect(group?.charts[0]?.lines.map(({ label }) => label)).toEqual(['/', '/data']);
  });

  it.each([
    ['system/cpu', '%'],
    ['system/gpu/0/memoryAllocatedBytes', 'bytes'],
    ['system/proc/memory/availableMB', 'MB'],
    ['system/disk///usageGB', 'GB'],
    ['system/network/recv', 'bytes'],
    ['system/gpu/0/smClock', 'MHz'],
    ['system/load', ''],
  ])('%s is read in "%s"', (key, unit) => {
    expect(groupSystemKeys([key])[0]?.charts[0]?.unit).toBe(unit);
  });

  it('that are none make no group', () => {
    expect(groupSystemKeys([])).toEqual([]);
  });
});
