"""The compilation of contributions to a window, in the forms that people negotiate from."""
