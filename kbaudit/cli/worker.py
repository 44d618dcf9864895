"""`kbaudit worker`: the scheduler and the jobs alone."""

from __future__ import annotations

from kbaudit.cli.folder import Data, data_folder


def command(data: Data = None) -> None:
    """Run the jobs on schedule and on request; a second one on the same store stands by."""
    import logging

    from kbaudit.app import App
    from kbaudit.scheduler.worker import Worker
    from kbaudit.serve.parent import hold_lifeline

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    for noisy in ("apscheduler", "alembic", "httpcore2"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    hold_lifeline()
    Worker(App.open(data_folder(data))).run()
