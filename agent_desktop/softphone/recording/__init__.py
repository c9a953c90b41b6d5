"""Recordings of calls: what is said goes into a sealed file and is nowhere else on the disk (decision 0005)."""
