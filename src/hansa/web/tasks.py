"""Jobs that keep the jobs going."""

from __future__ import annotations

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

MOST_ATTEMPTS = 5
KEEP_HOURS = 24 * 14

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="web.requeue_stalled", queueing_lock="web.requeue_stalled", pass_context=True)
async def requeue_stalled(context: JobContext, timestamp: int) -> None:
    """Put jobs whose worker died back in the queue; give up on a job that took its worker down too often."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.attempts >= MOST_ATTEMPTS:
            log.error("Job %s (%s) was lost with its worker %s times; given up", job.id, job.task_name, job.attempts)
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            log.warning("Job %s (%s) was lost with its worker; queued again", job.id, job.task_name)
            await manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="web.forget_old_jobs", queueing_lock="web.forget_old_jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Delete jobs that succeeded two weeks ago or earlier; failed ones stay to be looked at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_HOURS)
