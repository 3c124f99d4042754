"""Processes are killed here: an acknowledged answer is never lost."""
