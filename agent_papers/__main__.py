"""`python -m agent_papers FOLDER --language zh-CN`: what is in it, as one JSON object a line on standard output.

A process of its own, so that a hostile document harms nothing but itself.
"""

import argparse
import sys
from pathlib import Path

from agent_papers.reading import gather
from agent_papers.told import put

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path)
    parser.add_argument("--language", default="zh-CN")
    arguments = parser.parse_args()
    put(gather(arguments.source, arguments.language), sys.stdout.buffer)
