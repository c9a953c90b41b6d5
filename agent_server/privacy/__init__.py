"""What a person may ask of the company about their data: erased, handed out, held to; and the duties that keep some."""
