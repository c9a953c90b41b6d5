"""What those who run the floor see and do: teams, queues and calls as they are now."""
