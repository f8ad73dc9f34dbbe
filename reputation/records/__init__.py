"""Text or bytes into typed records, each by its RFC. Nothing here asks anybody anything."""
