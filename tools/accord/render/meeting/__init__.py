"""What a meeting works with: the screen in the room, the order in which texts are taken, and the pages of the pack."""
