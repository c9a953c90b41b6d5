"""The form that a call is wrapped up with."""
