"""The attack game: made-up municipalities, an adversary who does the sums, and policies that must be found out."""
