"""Documents to articles and back: Markdown, HTML, Word, tables of answers. Used on both sides of the street."""
