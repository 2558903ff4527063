"""What runs in a confined child only: parsers, models, pictures. Nothing here is imported by a web process."""

import os

# For numpy, before it is first imported: threads it made would not live on in a forked child.
os.putenv("OPENBLAS_NUM_THREADS", "1")
