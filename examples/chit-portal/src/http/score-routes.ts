import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Portal } from '../portal.ts';
import { showScore } from '../score/score-member.ts';
import { userById } from '../users/user-row.ts';
import { granted, Refused } from './respond.ts';
import { idPath, troubles } from './schemas.ts';
import { ownOrAdmin, signedIn } from './sign-in.ts';

const points = z.number();
const scoreBody = z.object({
  userId: z.string(),
  score: points,
  scaleId: z.string(),
  modelId: z.string(),
  version: z.string(),
  asOf: z.string(),
  status: z.string(),
  provisional: z.boolean(),
  factors: z.record(z.string(), z.number()).describe('in basis points'),
  seedScore: points.describe('the formula of the seed on the same factors'),
  lost: points,
  reasons: z.array(
    z.object({
      code: z.string(),
      factor: z.string(),
      points,
      evidence: z.array(z.string()),
      whatWouldHelp: z.unknown(),
    }),
  ),
  overlays: z.array(z.object({ code: z.string(), cap: points, points })),
  sentences: z.array(z.string()),
  nextActions: z.array(z.object({ action: z.unknown(), gain: points, laterGain: points })),
  history: z.array(z.object({ asOf: z.string(), score: points, provisional: z.boolean() })),
});

/** The score of a member: the seed's `/api/users/:id/chit-score`. */
export function scoreRoutes(portal: Portal): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/:id/chit-score',
      {
        preHandler: signedIn(portal),
        schema: {
          tags: ['score'],
          security: [{ bearer: [] }],
          summary: 'The score as of today, its reasons, what would raise it, and how it was each midnight',
          params: idPath,
          response: { 200: scoreBody, ...troubles },
        },
      },
      async (request) => {
        ownOrAdmin(request, request.params.id);
        if (!(await userById(portal.database, request.params.id)))
          throw new Refused({ code: 'nothing_there', what: 'user' });
        const shown = granted(await showScore(portal, request.params.id));
        const history = await portal.database
          .selectFrom('chit_scores')
          .select(['as_of as asOf', 'score', 'provisional'])
          .where('user_id', '=', request.params.id)
          .orderBy('as_of', 'desc')
          .limit(90)
          .execute();
        return {
          ...shown,
          reasons: shown.reasons.map((reason) => ({ ...reason, evidence: [...reason.evidence] })),
          overlays: [...shown.overlays],
          sentences: [...shown.sentences],
          nextActions: [...shown.nextActions],
          history,
        };
      },
    );
  };
}
