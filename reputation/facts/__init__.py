"""Bags of observations, one module a kind of subject: what gather brings home and checks judge."""
