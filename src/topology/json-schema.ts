/** The schema of topologies for editors: JSON schema, draft 7, which the YAML language server understands. */
import { z } from 'zod';
import { topologySchema } from './schema.js';

/** What `topologies/topology.schema.json` holds. */
export function topologyJsonSchema(): object {
  return z.toJSONSchema(topologySchema, { target: 'draft-7', io: 'input' });
}
