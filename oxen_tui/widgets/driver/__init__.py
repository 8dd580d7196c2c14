"""What Textual's input, output and compositor are taught for this program."""
