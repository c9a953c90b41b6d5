"""For schemathesis, which test_openapi.py runs: a piece of a file is bytes like any other."""

import schemathesis

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
