"""MiniStack that ends when its standard input closes, however the process that started it has ended."""

import os
import signal
import sys
import threading
import time

from ministack.app import main


def end_with_input() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(3)
    # Its functions' processes are of its group.
    os.killpg(0, signal.SIGKILL)


threading.Thread(target=end_with_input, daemon=True).start()
main()
