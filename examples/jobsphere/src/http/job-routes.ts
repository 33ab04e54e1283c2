import { Router } from 'express';
import { err, ok, type Result } from 'neverthrow';
import type { Application, Job } from '../host/rows.ts';
import { applyForJob } from '../service/apply-for-job.ts';
import { cancelJob } from '../service/cancel-job.ts';
import { completeJob } from '../service/complete-job.ts';
import { postJob } from '../service/post-job.ts';
import type { Service } from '../service/service.ts';
import { startJob } from '../service/start-job.ts';
import { readBody, words } from './read-request.ts';
import { onCommand, respond, type Trouble } from './respond.ts';

/** Jobs: posted, applied for, completed, cancelled. */
export function jobRoutes(service: Service): Router {
  const router = Router();
  router.get('/jobs/:id', async (request, response) => {
    respond(response, await found(service, request.params.id), {
      message: 'Job retrieved successfully',
      data: shapeOf,
    });
  });
  router.post(
    '/jobs',
    onCommand(
      async (asked, request) => {
        const body = readBody(request, { title: words(200) });
        return body.isErr() ? err(body.error) : postJob(service, asked, body.value.title);
      },
      { status: 201, message: 'Job created successfully', data: shapeOf },
    ),
  );
  router.post(
    '/jobs/:id/applications',
    onCommand(
      async (asked, request) => {
        const body = readBody(request, {});
        return body.isErr() ? err(body.error) : applyForJob(service, asked, String(request.params.id));
      },
      { status: 201, message: 'Application sent successfully', data: applicationShapeOf },
    ),
  );
  for (const { path, work, message } of STEPS) {
    const handler = onCommand(
      async (asked, request) => {
        const body = readBody(request, {});
        if (body.isErr()) return err(body.error);
        const done = await work(service, asked, String(request.params.id));
        return done.isErr() ? err(done.error) : found(service, done.value);
      },
      { message, data: shapeOf },
    );
    router.post(path, handler);
  }
  router.post(
    '/jobs/:id/cancel',
    onCommand(
      async (asked, request) => {
        const body = readBody(request, { reason: words(500) });
        if (body.isErr()) return err(body.error);
        const done = await cancelJob(service, asked, String(request.params.id), body.value.reason);
        return done.isErr() ? err(done.error) : found(service, done.value);
      },
      { message: 'Job cancelled successfully', data: shapeOf },
    ),
  );
  return router;
}

const STEPS = [
  { path: '/jobs/:id/start', work: startJob, message: 'Job started successfully' },
  { path: '/jobs/:id/complete', work: completeJob, message: 'Job completed successfully' },
] as const;

async function found({ host }: Service, id: string): Promise<Result<Job, Trouble>> {
  const job = await host.transaction((tables) => tables.find('jobs', id));
  return job ? ok(job) : err({ code: 'nothing_there', what: 'job' });
}

function shapeOf({ id, ...rest }: Job) {
  return { _id: id, ...rest };
}

function applicationShapeOf({ id, ...rest }: Application) {
  return { _id: id, ...rest };
}
