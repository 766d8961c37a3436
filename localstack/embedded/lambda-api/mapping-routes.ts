import { describeMapping, type Mappings } from '../mapping/mappings.ts';
import { json, type Route, requestMembers } from './route.ts';

const ALL = /^\/2015-03-31\/event-source-mappings\/?$/;
const ONE = /^\/2015-03-31\/event-source-mappings\/([^/]+)$/;

/** Create-, List-, Get-, Update- and DeleteEventSourceMapping. */
export function mappingRoutes(mappings: Mappings): Route[] {
  return [
    {
      method: 'POST',
      path: ALL,
      answer: async ({ body }) => json(202, describeMapping(await mappings.create(requestMembers(body)))),
    },
    {
      method: 'GET',
      path: ALL,
      async answer({ query }) {
        const filter = { streamArn: query.get('EventSourceArn'), functionReference: query.get('FunctionName') };
        return json(200, { EventSourceMappings: mappings.list(filter).map(describeMapping) });
      },
    },
    {
      method: 'GET',
      path: ONE,
      answer: async ({ parameters: [id = ''] }) => json(200, describeMapping(mappings.find(id))),
    },
    {
      method: 'PUT',
      path: ONE,
      answer: async ({ parameters: [id = ''], body }) =>
        json(202, describeMapping(mappings.update(id, requestMembers(body)))),
    },
    {
      method: 'DELETE',
      path: ONE,
      answer: async ({ parameters: [id = ''] }) => json(202, describeMapping(mappings.remove(id))),
    },
  ];
}
