"""How the server's tables came to be, version by version (Alembic)."""
