"""Lines of text in colours: pieces, wrapping, and the strips they become."""
