"""The conversation on screen: a document fed in fragments, a painter, a view that draws lines."""
