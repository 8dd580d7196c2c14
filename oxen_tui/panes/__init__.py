"""Where one service meets its widgets. The only home of workers."""
