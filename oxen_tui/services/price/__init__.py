"""What a request or an answer costs, before and after."""
