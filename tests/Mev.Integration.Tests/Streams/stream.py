"""Reads a channel of the stream with nothing but Python's own library: python3 stream.py HOST PORT CHANNEL COUNT.

Prints a line for each message: its number and the SHA-256 of its value. It breaks its connection once, in the middle of
a frame, and goes on from its place.
"""
import base64
import hashlib
import os
import socket
import struct
import sys


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def read_varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def fields(data):
    at, found = 0, {}
    while at < len(data):
        tag, at = read_varint(data, at)
        if tag & 7 == 0:
            value, at = read_varint(data, at)
        elif tag & 7 == 2:
            length, at = read_varint(data, at)
            value, at = data[at:at + length], at + length
        else:
            raise ValueError(f"wire type {tag & 7}")
        found.setdefault(tag >> 3, []).append(value)
    return found


class Stream:
    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=30)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((
            f"GET /v1/stream HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mev.v1\r\n\r\n"
        ).encode())
        self.data = b""
        while b"\r\n\r\n" not in self.data:
            self.data += self.socket.recv(4096)
        head, self.data = self.data.split(b"\r\n\r\n", 1)
        accept = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest())
        if b" 101 " not in head or accept not in head:
            raise ValueError(head.decode())

    def send(self, message):
        payload = varint(len(message)) + message
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        length = bytes([0x80 | len(payload)]) if len(payload) < 126 else struct.pack(">BH", 0x80 | 126, len(payload))
        self.socket.sendall(b"\x82" + length + mask + masked)

    def take(self, count):
        while len(self.data) < count:
            more = self.socket.recv(65536)
            if not more:
                raise EOFError
            self.data += more
        taken, self.data = self.data[:count], self.data[count:]
        return taken

    def frame(self):
        first, second = self.take(2)
        length = second & 0x7F
        if length == 126:
            length, = struct.unpack(">H", self.take(2))
        elif length == 127:
            length, = struct.unpack(">Q", self.take(8))
        payload = self.take(length)
        if first != 0x82:
            raise ValueError(f"frame {first:#x} {payload!r}")
        at = 0
        while at < len(payload):
            length, at = read_varint(payload, at)
            yield fields(payload[at:at + length])
            at += length


def main(host, port, channel, count):
    place, epoch, last, seen, has_broken = None, None, None, 0, False
    while seen < count:
        stream = Stream(host, int(port))
        stream.send(field(1, field(2, 1)))
        where = field(3, field(1, 0)) if place is None else field(4, field(1, epoch) + field(2, place))
        stream.send(field(2, field(1, 7) + field(2, channel.encode()) + where))
        while seen < count:
            for message in stream.frame():
                number = message.get(2, [0])[0]
                if 4 in message:
                    answer = fields(message[4][0])
                    epoch, last = answer[1][0], (answer.get(4, [0])[0] - 1) % 2 ** 64
                if 10 in message:
                    stream.send(field(4, field(1, fields(message[10][0])[1][0])))
                if 6 not in message:
                    continue
                before = message.get(13, [(number - 1) % 2 ** 64])[0]
                if before != last:
                    raise ValueError(f"{number} after {last}, said to be after {before}")
                entry = fields(fields(message[6][0])[1][0])
                print(number, hashlib.sha256(entry[2][0]).hexdigest())
                place = last = number
                seen += 1
                if seen == count:
                    break
                if not has_broken and seen == count // 2:
                    has_broken = True
                    break
            else:
                continue
            break
        stream.socket.close()


main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
