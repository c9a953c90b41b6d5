"""The softphone, against real PJSIP processes on loopback and against the simulated engine."""
