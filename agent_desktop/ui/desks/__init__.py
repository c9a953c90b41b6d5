"""The desks: each takes the wishes of its panes to the rooms and brings the answers back."""
