import { builder } from '../graphql/builder.ts';
import { PageInfo } from '../graphql/connection-type.ts';
import type { Edge } from '../graphql/page.ts';
import { momentOf } from '../history/moment.ts';
import type { LinePage, LogSource, NumberedLine } from './list-lines.ts';

/** The GraphQL type of the level of a line. */
export const LogLevelType = builder.enumType('LogLevel', {
  description: 'How serious a line of a console is.',
  values: {
    DEBUG: { value: 'debug', description: 'It helps to find a fault.' },
    INFO: { value: 'info', description: 'It was printed as output, or nothing is said of it.' },
    WARN: { value: 'warn', description: 'It warns of something.' },
    ERROR: { value: 'error', description: 'It was printed as an error.' },
  } as const,
});

const LogLineType = builder.objectRef<NumberedLine>('LogLine').implement({
  description: 'One line that a process of a run printed.',
  fields: (t) => ({
    number: t.field({
      type: 'Count',
      description: 'Its number among the lines of its process, counted from 0.',
      resolve: (line) => line.number,
    }),
    time: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was printed, to the millisecond. It is null when nobody said.',
      resolve: ({ time }) => (time === null ? null : momentOf(time)),
    }),
    timestamp: t.float({
      nullable: true,
      description:
        'When it was printed, in seconds since 1970, as exactly as it was sent. It is null when nobody said.',
      resolve: (line) => line.time,
    }),
    level: t.field({ type: LogLevelType, description: 'How serious it is.', resolve: (line) => line.level }),
    label: t.exposeString('label', {
      description: 'What the process calls the part of it that printed the line. It is empty when it says nothing.',
    }),
    text: t.exposeString('text', {
      description: 'The text without the end of the line, with its escape sequences for colours as they were printed.',
    }),
  }),
});

const LogLineEdge = builder.objectRef<Edge<NumberedLine>>('LogLineEdge').implement({
  description: 'One item of a page of lines.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'Stands for the place of this item in the list.' }),
    node: t.field({ type: LogLineType, description: 'The item: a line.', resolve: (edge) => edge.node }),
  }),
});

/** The GraphQL type of a page of lines. */
export const LogLineConnection = builder.objectRef<LinePage>('LogLineConnection').implement({
  description: 'A page of lines.',
  fields: (t) => ({
    edges: t.field({
      type: [LogLineEdge],
      description: 'The lines of this page with their cursors.',
      resolve: (page) => page.edges,
    }),
    nodes: t.field({
      type: [LogLineType],
      description: 'The lines of this page.',
      resolve: (page) => page.edges.map((edge) => edge.node),
    }),
    pageInfo: t.field({
      type: PageInfo,
      description: 'Where this page stands in the list.',
      resolve: (page) => page,
    }),
    lineCount: t.field({
      type: 'Count',
      description:
        'How many lines the process has printed, whether or not they were asked for: one more than the number of its last line.',
      resolve: (page) => page.lineCount,
    }),
  }),
});

/** The GraphQL type of a process that printed lines. */
export const LogSourceType = builder.objectRef<LogSource>('LogSource').implement({
  description: 'A process of a run that printed lines.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: "The name of the process, for the argument `source`. It is empty for the run's own process.",
    }),
    lineCount: t.field({
      type: 'Count',
      description: 'How many lines it has printed: one more than the number of its last line.',
      resolve: (source) => source.lineCount,
    }),
  }),
});

/** The GraphQL input of which lines are wanted. */
export const LogFilter = builder.inputType('LogFilter', {
  description: 'Which lines of a console are wanted: those for which everything holds that is given.',
  fields: (t) => ({
    levels: t.field({ type: [LogLevelType], description: 'Lines of one of these levels.' }),
    contains: t.string({
      description:
        'Lines whose text holds this text, in up to 1,024 characters; upper and lower case of A to Z are the same.',
    }),
    from: t.field({ type: 'Count', description: 'Lines with this number or a higher one.' }),
    to: t.field({ type: 'Count', description: 'Lines with this number or a lower one.' }),
  }),
});
