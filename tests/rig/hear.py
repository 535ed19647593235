"""Beacons and probe responses, honest and hostile, for what hears them in a guest.

A script that begins with "from hear import *" makes elements with the functions below, and has
them heard by the simulated device's first radio (see mlosim.c) with hear(), or by a radio of
mac80211_hwsim with send().
"""

import random
import socket
import struct
import time

BEACON, PROBE_RESPONSE = 0, 1


def mac(text):
    return bytes.fromhex(text.replace(":", ""))


def element(id, body=b""):
    return bytes([id, len(body)]) + body


def extension(id, body=b""):
    """With fragments, if it is long."""
    body = bytes([id]) + body
    return element(255, body[:255]) + b"".join(
        element(242, body[n : n + 255]) for n in range(255, len(body), 255)
    )


def ssid(name):
    return element(0, name if isinstance(name, bytes) else name.encode())


def multi_link(mld, link, count=1, profiles=b"", mld_id=None):
    """A basic one, as an AP sends it: with link id, change count and MLD capabilities."""
    info = mac(mld) + bytes([link, count]) + b"\x02\x00"
    if mld_id is not None:
        info += bytes([mld_id])
    control = 0x0130 | (0x0200 if mld_id is not None else 0)
    return extension(107, struct.pack("<HB", control, len(info) + 1) + info + profiles)


def profile(link, bssid, elements=b""):
    """A complete one, with all that the kernel wants, to make a BSS of it."""
    info = mac(bssid) + struct.pack("<HQBB", 100, 0, 0, 2)
    body = struct.pack("<HB", link | 0x01F0, len(info) + 1) + info + struct.pack("<H", 1) + elements
    first, rest = body[:255], body[255:]
    out = element(0, first)
    while rest:
        out += element(254, rest[:255])
        rest = rest[255:]
    return out


def neighbor(bssid, op_class, channel, link, count=1, mld_id=0, disabled=False):
    """An AP of a Reduced Neighbor Report; bssid None: the form that has MLD parameters only."""
    params = bytes([mld_id]) + struct.pack("<H", link | count << 4 | disabled << 13)
    if bssid is None:
        return bytes([1, 3, op_class, channel]) + params
    info = b"\xff" + mac(bssid) + bytes(4) + b"\x40\x7f" + params
    return bytes([0, len(info), op_class, channel]) + info


def rnr(*neighbors):
    return element(201, b"".join(neighbors))


def he_operation(channel):
    """Of 6 GHz, 20 MHz wide: without it the kernel takes a BSS there for unusable."""
    return extension(36, bytes([0, 0, 2, 1, 0xFC, 0xFF, channel, 0, channel, 0, 6]))


def heard_as(bssid, mhz, elements=b"", frame=BEACON, signal=-5000):
    return struct.pack("<BHh", frame, mhz, signal) + mac(bssid) + elements


def hear(*args, **kwargs):
    """False: the kernel does not take it."""
    try:
        with open("/sys/kernel/debug/mlosim/hear", "wb", buffering=0) as f:
            f.write(heard_as(*args, **kwargs))
    except OSError:
        return False
    return True


def send(device, bssid, elements, frame=BEACON):
    """From a monitor interface, to whoever is on its channel."""
    to = b"\xff" * 6
    header = struct.pack("<BBH", 0x50 if frame else 0x80, 0, 0) + to + 2 * mac(bssid) + b"\0\0"
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as s:
        s.bind((device, 0))
        s.send(struct.pack("<BBHI", 0, 0, 8, 0) + header + struct.pack("<QHH", 0, 100, 1) + elements)


def abilities(channel, mhz):
    """Of 20 MHz in 2.4 GHz, 80 in 5 GHz from channel 36, 160 in 6 GHz from channel 1; four streams."""
    two, six = mhz < 5000, mhz > 5950
    low = element(1, bytes.fromhex("82848b960c121824" if two else "8c1298243048606c"))
    if two:
        low += element(3, bytes([channel])) + element(50, bytes.fromhex("3048606c"))
    ht = element(45, bytes.fromhex("ef0917ffffffff") + bytes(19))
    ht += element(61, bytes([channel, 0 if two else 5]) + bytes(20))
    vht = element(191, bytes.fromhex("b2598133aaff0000aaff0020")) + element(192, bytes([1, 42, 0, 0, 0]))
    high = extension(35, bytes.fromhex("0d0100021a40") + bytes([2 if two else 12 if six else 4])
        + bytes.fromhex("7020fb8998d59c800c00") + bytes.fromhex("aaff" * (4 if six else 2))
        + bytes.fromhex("3b1cc7711cc771"))
    if six:
        high += extension(36, bytes.fromhex("f43f0219aaff") + bytes([channel, 3, 7, 15, 6]))
        high += extension(59, bytes.fromhex("fd00"))
    else:
        high += extension(36, bytes.fromhex("f43f0019aaff"))
    high += extension(38, bytes.fromhex("0003a4ff27a4ff4243ff62320f")) + extension(39, bytes.fromhex("0310"))
    where = bytes([0, channel, 0]) if two else bytes([3, 7, 15]) if six else bytes([2, 42, 0])
    high += extension(106, bytes.fromhex("0144444444") + where)
    high += extension(108, bytes.fromhex("0300") + bytes([0xE0]) + bytes.fromhex("00e2ffdb00183600")
        + bytes.fromhex("444444" * (2 if six else 1)))
    return low, (b"" if six else ht) + (b"" if two or six else vht), high


def modern(name, mld, links, mine, profiles=False, size=1500):
    """What an AP of Wi-Fi 7 sends. links: of each its BSSID, operating class, channel and MHz."""
    number, mhz = links[mine][2:]
    others = [n for n in range(len(links)) if n != mine]
    low, middle, high = abilities(number, mhz)
    e = ssid(name) + low + element(5, bytes([0, 2, 0, 0]))
    e += element(7, b"US " + bytes([1, 11, 30] if mhz < 5000 else [36, 4, 23, 52, 4, 23, 149, 5, 30]))
    e += element(11, struct.pack("<HBH", 3, 40, 0))
    e += element(48, bytes.fromhex("0100000fac040100000fac040200000fac08000fac18cc000000000fac06"))
    e += element(70, bytes.fromhex("7300900000")) + middle
    e += element(127, bytes.fromhex("04000f0200000140004000011020"))
    e += rnr(*(neighbor(*links[n][:3], link=n) for n in others)) + high
    whole = b"".join(profile(n, links[n][0], b"".join(abilities(*links[n][2:]))) for n in others[:2])
    e += multi_link(mld, mine, profiles=whole if profiles else b"")
    e += element(221, bytes.fromhex("0050f2020101840003a4000027a4000042435e0062322f00"))
    e += element(221, bytes.fromhex("0050f204104a0001101044000102103b00010310470010") + bytes(range(16))
        + bytes.fromhex("1021000b") + b"Access Inc." + bytes.fromhex("10230006") + b"AP-7\x1b!")
    while len(e) < size - 8:
        n = min(200, size - len(e) - 2)
        e += element(221, bytes.fromhex("8cfdf0")[:n] + bytes(max(n - 3, 0)))
    return e
