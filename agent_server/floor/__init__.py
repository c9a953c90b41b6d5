"""What goes on in the centre now and today: callers, queues, agents."""
