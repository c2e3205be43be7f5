"""Pages of matchmaking: the partner request, the search, the answers, bringing together, the register."""
