"""What this workstation keeps on its own disk: the disposable cache and the precious outbox."""
