"""A UDP proxy that delays every answer and loses a share of the questions: `proxy.py UPSTREAM DELAY LOSS SEED`.

Prints its port, then works until SIGTERM. Loss is drawn for each datagram towards the server, so that a question that
is sent again has a new chance. The kernel of a container has no netem, hence this.
"""

from __future__ import annotations

import heapq
import random
import selectors
import socket
import sys
import time


def main() -> None:
    upstream, delay, loss, seed = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    rng = random.Random(seed)
    front, back = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
    for side in (front, back):
        side.setblocking(False)
        side.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    front.bind(("127.0.0.1", 0))
    back.connect(("127.0.0.1", upstream))
    print(front.getsockname()[1], flush=True)
    selector = selectors.DefaultSelector()
    selector.register(front, selectors.EVENT_READ)
    selector.register(back, selectors.EVENT_READ)
    clients: dict[int, tuple[bytes, tuple[str, int]]] = {}
    later: list[tuple[float, int, bytes, tuple[str, int]]] = []
    count = 0
    while True:
        for key, _ in selector.select(max(0.0, later[0][0] - time.monotonic()) if later else None):
            try:
                while key.fileobj is front:
                    data, client = front.recvfrom(4096)
                    if rng.random() >= loss:
                        count += 1
                        clients[count & 0xFFFF] = (data[:2], client)
                        back.send((count & 0xFFFF).to_bytes(2, "big") + data[2:])
                while key.fileobj is back:
                    data = back.recv(4096)
                    ident, client = clients.pop(int.from_bytes(data[:2], "big"))
                    count += 1
                    heapq.heappush(later, (time.monotonic() + delay, count, ident + data[2:], client))
            except BlockingIOError:
                continue
        while later and later[0][0] <= time.monotonic():
            _, _, data, client = heapq.heappop(later)
            front.sendto(data, client)


if __name__ == "__main__":
    main()
