"""The negotiating view: the agreed text, with everything that is not agreed in square brackets beside it."""
