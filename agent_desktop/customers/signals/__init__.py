"""What the company's rules see in a customer: the facts, the signals with their reasons, their results, the rules."""
