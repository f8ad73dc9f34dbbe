"""What was seen before, and what is new: SQLite state of the watchman.

`changes` decides (pure), `store` keeps (one transaction per target and run), `outbox` holds alarms until they are
delivered, `leaving` forgets what is no longer asked about, `queries` reads it all back.
"""
