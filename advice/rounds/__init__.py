"""What staff see of a closed round. Made from the frozen figures of RoundResult and from nothing else of a round."""
