"""The glass: every widget the agent sees. A widget receives values and emits wishes."""
