"""Diagnosis of bounces: find the failed recipients in a message, and decide for each what it means and what to do."""
