"""The library: everything that the five guides offer, findable and comparable."""
