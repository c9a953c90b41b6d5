"""The wallboard: the floor on one page, also for a screen on the wall."""
