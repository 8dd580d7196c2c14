"""What several panes say and show of jobs, and who hears of their ends."""
