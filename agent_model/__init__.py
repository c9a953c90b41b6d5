"""The nouns that desktop and server both speak: frozen values, no I/O."""
