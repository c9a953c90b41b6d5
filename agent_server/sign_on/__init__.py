"""Signing in through the organisation's identity provider (OpenID Connect); see decision 0027."""
