"""Reads blocklists/*.toml into Blocklist objects."""
