"""The customer in the centre: header, figures, timeline and cards."""
