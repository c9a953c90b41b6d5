"""How newcomers do, week by week since they joined, against their team (docs/training.md)."""
