"""The hands of the kernel lab: does inside network namespaces what Node.js cannot.

Reads one JSON request per line from stdin, {"id": 1, "do": "create", ...}, and answers on stdout with
{"id": 1, "value": ...} or {"id": 1, "error": "..."}. What the subscribed sockets see comes unasked, while recording:
["log", namespace, hex] for a netlink message, ["frame", namespace, "nanoseconds", device, packet type, hex] for a frame.
It decides nothing and understands no packet; agent.ts speaks to it.

A namespace is known by the path of a descriptor that this process holds, which iproute2 takes as `netns PATH`. Beside
its network each has its own mounts: a /run (so that `ip netns add` on one node is not seen on another), a /sys of its own
devices, and a /proc/sys that is read-only but for net. All of it dies with this process.

Needs Linux 5.3 and Python 3.9, nothing beyond the standard library.
"""
import ctypes
import errno
import json
import os
import selectors
import shutil
import signal
import socket
import struct

CLONE_NEWNS, CLONE_NEWNET = 0x20000, 0x40000000
MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 32, 4096, 16384, 1 << 18
ETH_P_ALL, ETH_P_IP, ETH_P_ARP = 3, 0x0800, 0x0806
SO_TIMESTAMPNS, IP_PKTINFO, IP_RECVERR, IP_FREEBIND = 35, 8, 11, 15
NETLINK_NETFILTER, NLMSG_DONE, NLM_F_MULTI = 12, 3, 2
SNAPLEN = 600  # an ICMP error may quote up to 548 octets (RFC 1812, 4.3.2.3)

libc = ctypes.CDLL(None, use_errno=True)
selector = selectors.DefaultSelector()
namespaces = {}
jobs = {}  # what a request left running, by the request's id: how to stop it


def system(result):
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def mount(source, target, kind=None, flags=0):
    text = lambda value: value and value.encode()
    system(libc.mount(text(source), target.encode(), text(kind), ctypes.c_ulong(flags), None))


class Namespace:
    """A network namespace with its mounts. `with namespace:` is being inside it."""

    def __init__(self, net=None):
        self.net = net or os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        self.mounts = os.open("/proc/self/ns/mnt", os.O_RDONLY | os.O_CLOEXEC)
        self.path = f"/proc/{os.readlink('/proc/self')}/fd/{self.net}"
        self.sockets, self.connections, self.groups, self.children = [], [], [], {}
        self.taps = []  # what reads the subscribed sockets empty
        self.recording = False

    def __enter__(self):
        system(libc.setns(self.mounts, CLONE_NEWNS))
        system(libc.setns(self.net, CLONE_NEWNET))

    def __exit__(self, *_):
        system(libc.setns(home.mounts, CLONE_NEWNS))
        system(libc.setns(home.net, CLONE_NEWNET))

    def keep(self, opened, callback):
        self.sockets.append(opened)
        selector.register(opened, selectors.EVENT_READ, callback)
        return opened

    def close(self):
        for group in self.groups:
            try:
                os.killpg(group, signal.SIGKILL)
            except ProcessLookupError:
                pass
        for opened in self.sockets:
            selector.unregister(opened)
        for opened in self.sockets + self.connections:
            opened.close()
        os.close(self.net)
        os.close(self.mounts)


LEGACY = "/run/legacy"


def name_legacy_tools():
    """Lets `iptables` mean the legacy one that the lab loads its rules with, where Debian's alternatives mean nft."""
    os.mkdir(LEGACY)
    for tool in ("iptables", "iptables-save", "iptables-restore"):
        legacy = shutil.which(tool.replace("iptables", "iptables-legacy"))
        if legacy:
            os.symlink(legacy, f"{LEGACY}/{tool}")


def private_mounts():
    mount("tmpfs", "/run", "tmpfs")
    name_legacy_tools()
    os.mkdir("/run/netns")
    mount("sysfs", "/sys", "sysfs")


def guard_sysctls():
    """Nothing outside /proc/sys/net may be written: it belongs to the host."""
    mount("/proc/sys", "/proc/sys", None, MS_BIND | MS_REC)
    mount("/proc/sys/net", "/proc/sys/net", None, MS_BIND)
    mount(None, "/proc/sys", None, MS_BIND | MS_REMOUNT | MS_RDONLY)


def say(message):
    data = (json.dumps(message, separators=(",", ":")) + "\n").encode()
    while data:
        data = data[os.write(1, data):]


def answer(id, value):
    say({"id": id, "value": value})


def finish(id, value):
    if jobs.pop(id, None):
        answer(id, value)


# --- requests: each returns its answer, or LATER -------------------------------------------------------------------------

LATER = object()


def create(id, count):
    """New namespaces. Answers with their paths."""
    return [new_namespace().path for _ in range(count)]


def new_namespace():
    system(libc.unshare(CLONE_NEWNS | CLONE_NEWNET))
    try:
        private_mounts()
        namespace = Namespace()
    finally:
        home.__enter__()
    namespaces[namespace.path] = namespace
    return namespace


def destroy(id, paths):
    """Ends namespaces with every process and connection in them."""
    for path in paths:
        for _, child in namespaces[path].children.values():
            namespaces.pop(child.path).close()
        namespaces.pop(path).close()


def adopt(id, namespace):
    """The namespaces that commands on a node have made with `ip netns add` and not deleted since: {name: path}."""
    parent = namespaces[namespace]
    with parent:
        inodes = {name: os.stat(f"/run/netns/{name}").st_ino for name in sorted(os.listdir("/run/netns"))}
        for name, (inode, child) in list(parent.children.items()):
            if inodes.get(name) != inode:
                namespaces.pop(child.path).close()
                del parent.children[name]
        for name, inode in inodes.items():
            if name not in parent.children:
                child = Namespace(os.open(f"/run/netns/{name}", os.O_RDONLY | os.O_CLOEXEC))
                namespaces[child.path] = child
                parent.children[name] = inode, child
    return {name: child.path for name, (_, child) in parent.children.items()}


def write(id, namespace, files):
    """Writes texts to paths, in order. Answers with the first that failed, [index, reason], or with nothing."""
    with namespaces[namespace]:
        for index, (path, text) in enumerate(files):
            try:
                with open(path, "w") as file:
                    file.write(text)
            except OSError as failure:
                return [index, failure.strerror]


def read(id, namespace, path):
    with namespaces[namespace], open(path) as file:
        return file.read()


def execute(id, argv, stdin="", namespace=None):
    """Runs a program to its end. What it leaves in the background neither delays the answer nor outlives the namespace."""
    inside = namespaces[namespace] if namespace else home
    files = [os.memfd_create(name) for name in ("stdin", "stdout", "stderr")]
    with open(files[0], "wb", closefd=False) as file:
        file.write(stdin.encode())
    os.lseek(files[0], 0, os.SEEK_SET)
    with inside:
        pid = os.posix_spawnp(
            argv[0],
            argv,
            {**os.environ, "LC_ALL": "C", "PATH": f"{LEGACY}:{os.environ['PATH']}"},
            file_actions=[(os.POSIX_SPAWN_DUP2, file, number) for number, file in enumerate(files)],
            setpgroup=0,
        )
    inside.groups.append(pid)
    watched = os.pidfd_open(pid)

    def ended():
        selector.unregister(watched)
        os.close(watched)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        output = [os.pread(file, os.fstat(file).st_size, 0).decode(errors="replace") for file in files[1:]]
        for file in files:
            os.close(file)
        finish(id, {"exitCode": status if status >= 0 else 128 - status, "stdout": output[0], "stderr": output[1]})

    selector.register(watched, selectors.EVENT_READ, ended)
    jobs[id] = lambda: os.kill(pid, signal.SIGINT)
    return LATER


def netlink(id, namespace, protocol, messages):
    """Sends each message and answers with everything that the kernel says to it, in hex: one text for each message."""
    with namespaces[namespace]:
        talk = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol)
    with talk:
        return [converse(talk, bytes.fromhex(message)) for message in messages]


def converse(talk, message):
    talk.send(message)
    said = b""
    while True:
        part = talk.recv(1 << 18)
        said += part
        flags = struct.unpack_from("=H", part, 6)[0]
        if not flags & NLM_F_MULTI or last_type(part) == NLMSG_DONE:
            return said.hex()


def last_type(messages):
    at = 0
    while at < len(messages):
        length, kind = struct.unpack_from("=IH", messages, at)
        at += (length + 3) & ~3
    return kind


def subscribe(id, namespace, messages):
    """Streams what a NETLINK_NETFILTER socket that said `messages` is sent, and every IPv4 and ARP frame of every device."""
    inside = namespaces[namespace]
    with inside:
        log = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
        tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW | socket.SOCK_NONBLOCK, socket.htons(ETH_P_ALL))
    log.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    tap.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    tap.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    for message in messages:
        log.send(bytes.fromhex(message))
        code = struct.unpack_from("=i", log.recv(65536), 16)[0]
        if code:
            raise OSError(-code, os.strerror(-code))
    log.setblocking(False)

    def logged():
        data = log.recv(65536)
        if inside.recording:
            say(["log", namespace, data.hex()])

    def tapped():
        data, ancillary, _, address = tap.recvmsg(SNAPLEN, 64)
        if inside.recording and address[1] in (ETH_P_IP, ETH_P_ARP):
            seconds, nanoseconds = struct.unpack("=qq", ancillary[0][2])
            say(["frame", namespace, str(seconds * 10**9 + nanoseconds), address[0], address[2], data.hex()])

    for opened, receive in ((log, logged), (tap, tapped)):
        empty = lambda receive=receive: drain(receive)
        inside.taps.append(empty)
        inside.keep(opened, empty)


def drain(receive):
    try:
        while True:
            receive()
    except BlockingIOError:
        pass


def record(id, paths, on):
    """Says from here on what the subscribed sockets see, or no longer. What they saw before belongs to the time before."""
    for path in paths:
        namespace = namespaces[path]
        for empty in namespace.taps:
            empty()
        namespace.recording = on


def listen(id, namespace, protocol, address, port):
    """A TCP port that takes connections and keeps them open, or a UDP port that echoes."""
    inside = namespaces[namespace]
    with inside:
        server = socket.socket(socket.AF_INET, socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
    server.setsockopt(socket.IPPROTO_IP, IP_FREEBIND, 1)
    server.bind((address, port))
    server.setblocking(False)

    def accept():
        inside.connections.append(server.accept()[0])

    def echo():
        data, ancillary, _, sender = server.recvmsg(65536, 64)
        local = ancillary[0][2][8:12]  # in_pktinfo.ipi_addr: answer from the address that was asked
        try:
            server.sendmsg([data], [(socket.IPPROTO_IP, IP_PKTINFO, struct.pack("=i4s4x", 0, local))], 0, sender)
        except OSError:
            pass  # no way back, or the own OUTPUT chain refuses

    if protocol == "tcp":
        server.listen()
    inside.keep(server, accept if protocol == "tcp" else echo)


def connect(id, namespace, protocol, address, port, data=""):
    """Opens a connection for good, or sends one datagram and waits for another: {"errno": n or null, "text": ...}."""
    inside = namespaces[namespace]
    with inside:
        client = socket.socket(socket.AF_INET, socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM)
    client.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
    client.setblocking(False)

    def outcome(code):
        return {"errno": code, "text": os.strerror(code) if code else ""}

    def ended(code):
        selector.unregister(client)
        if protocol == "tcp" and code == 0:
            inside.connections.append(client)
        else:
            client.close()
        finish(id, outcome(code))

    def ready():
        if protocol == "tcp":
            return ended(client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
        try:
            client.recv(65536)
            ended(0)
        except OSError as failure:
            ended(failure.errno)

    try:
        code = client.connect_ex((address, port))
        if protocol == "udp" and code == 0:
            client.send(data.encode())
    except OSError as failure:
        code = failure.errno
    if code not in (0, errno.EINPROGRESS):
        client.close()
        return outcome(code)
    selector.register(client, selectors.EVENT_WRITE if protocol == "tcp" else selectors.EVENT_READ, ready)
    jobs[id] = lambda: ended(None)
    return LATER


def cancel(id, job):
    """Ends what a request left running; that request is answered all the same."""
    if job in jobs:
        jobs[job]()


REQUESTS = {
    function.__name__: function
    for function in (create, adopt, destroy, write, read, execute, netlink, subscribe, record, listen, connect, cancel)
}

# --- the loop -------------------------------------------------------------------------------------------------------------


def serve(line):
    request = json.loads(line)
    id = request.pop("id")
    try:
        value = REQUESTS[request.pop("do")](id, **request)
        if value is not LATER:
            answer(id, value)
    except KeyError:
        say({"id": id, "error": "its namespace is gone"})
    except OSError as failure:
        say({"id": id, "error": failure.strerror or str(failure)})


def hear(buffer=bytearray()):
    data = os.read(0, 1 << 20)
    if not data:
        os._exit(0)  # whoever asked is gone, and with this process goes everything
    buffer += data
    while (end := buffer.find(b"\n")) >= 0:
        line = bytes(buffer[:end])
        del buffer[: end + 1]
        serve(line)


def main():
    global home
    mount(None, "/", None, MS_REC | MS_PRIVATE)
    try:
        mount("proc", "/proc", "proc")
    except OSError:
        pass  # a container that hides parts of /proc allows no second one; the one that is there serves as well
    guard_sysctls()
    private_mounts()
    home = Namespace()
    say({"id": 0, "value": "ready"})
    selector.register(0, selectors.EVENT_READ, hear)
    while True:
        for key, _ in selector.select():
            key.data()


main()
