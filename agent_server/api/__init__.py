"""What the server answers over HTTP and WebSocket; docs/api.md is the contract."""
