"""Asks whoami-server in three sends, and loses the second on its way: as root, on the wire that
capture.sh has laid. For as long as that send takes, the server has another card's address here."""
import socket
import subprocess


def server_card(address):
    words = ["ip", "neighbour", "replace", "10.0.0.1", "lladdr", address, "dev", "veth-c"]
    subprocess.run(words, check=True)


with socket.create_connection(("10.0.0.1", 65432)) as s:
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    s.sendall(b"Who ")
    server_card("02:00:00:00:00:ff")  # nobody's
    s.sendall(b"am ")
    server_card("02:00:00:00:00:01")
    s.sendall(b"I?\n")
    s.shutdown(socket.SHUT_WR)
    answer = b""
    while piece := s.recv(65536):
        answer += piece
print(answer.decode(), end="")
