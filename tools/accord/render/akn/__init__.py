"""The texts as Akoma Ntoso 3.0, the way the guidelines for the documents of the United Nations (AKN4UN) use it."""
