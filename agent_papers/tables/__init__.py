"""Tables as files, read and written again: text (CSV) and workbooks (XLSX). What they mean is for who reads them."""
