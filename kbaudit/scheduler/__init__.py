"""The worker: ticks that become slots, slots that a unique row gives to one process, and the jobs behind them.

APScheduler only ticks (`ticker`). Which slot is due is computed from the clock (`jobs.schedule`), and a row with a
unique constraint decides who runs it, so that two workers never run one slot twice and a slept-through one is caught up
once.
`worker` is the process; `wire` is how the web process asks it for what needs the model.
"""
