"""The pages of the library. All are public; only my list writes, and only into the reader's own session."""
