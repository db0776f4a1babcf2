"""A listener whose queue is full: there is room for one connection, and that one is its own."""

import socket
import time

listener = socket.create_server(("10.0.0.1", 65432), backlog=0)
filler = socket.create_connection(("10.0.0.1", 65432))
print("Listening on 10.0.0.1:65432", flush=True)
time.sleep(3600)
