"""The reader's check: a small digest of the guides, and what our own texts must not differ from or repeat."""
