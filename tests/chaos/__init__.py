"""The real thing under fire: server processes, workstation processes, a bad line between them, and kill -9."""
