"""The pages of the call strip, one for each thing a call can be."""
