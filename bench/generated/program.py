"""A generated program as a tree of lines: printing it, and making it smaller."""
import re
from dataclasses import dataclass, field, replace

NAME = re.compile(r"\b[A-Za-z_]\w*\b")

@dataclass
class Node:
    """One line, what it encloses (several blocks for an if with an else), and its end."""
    head: str
    blocks: list = field(default_factory=list)
    between: tuple = ()        # the line before each further block
    foot: str = "}"
    defines: tuple = ()        # names that nothing can use without this
    kind: str = "statement"    # or "function", whose head has a body of its own; "closure", both; "declaration"
    keep: bool = False         # never removed alone: what returns a value
    id: int = 0

    def own(self):
        """What has to be there for this to be."""
        needed = [n.head for block in self.blocks for n in block if n.keep]
        return " ".join((self.head, *self.between, *needed, self.foot if self.blocks else ""))
    def walk(self):
        yield self
        for block in self.blocks:
            for node in block: yield from node.walk()

@dataclass
class Entry:
    """A function that the driver calls, with the kinds of its parameters; a method, of a new object of that class."""
    name: str
    params: tuple
    of: str = ""

@dataclass
class Program:
    name: str
    nodes: list
    entries: list

    def walk(self):
        for node in self.nodes: yield from node.walk()
    def measure(self):
        heads = [n.head for n in self.walk()]
        return len(heads), sum(map(len, heads))
    def number(self):
        for number, node in enumerate(self.walk(), 1): node.id = number
        return self

def lines(program, first):
    """The (text, prefix for the run, node) of each line, the first of which has the number `first`."""
    found = []
    def emit(text, depth, node, marks=False, opens=False):
        at = f"at({first + len(found)}); " if marks else ""
        inside = " Frame Active;" if opens else ""
        found.append(("  " * depth + text, "  " * depth + at + text + inside, node))
    def visit(node, depth):
        marks, opens = node.kind in ("statement", "closure"), node.kind in ("function", "closure")
        emit(node.head, depth, node, marks, opens)
        for i, block in enumerate(node.blocks):
            if i: emit(node.between[i - 1], depth, node)
            for child in block: visit(child, depth + 1)
        if node.blocks: emit(node.foot, depth, node)
    emit(f"namespace {program.name} {{", 0, None)
    for node in program.nodes: visit(node, 0)
    emit("}", 0, None)
    return found

ARGUMENTS = {"bool": "choose(2)", "int": "choose(4)", "cell": "*new RefCell<int>", "mutex": "*new std::mutex",
             "shared_mutex": "*new std::shared_mutex", "channel": "*new Channel<int>",
             "weak": "std::weak_ptr<RefCell<int>>()", "strong": "std::make_shared<RefCell<int>>(0)",
             "pointer": "new RefCell<int>", "mut": "RefMut<int>(nullptr)", "ref": "Ref<int>(nullptr)", "ulock": "std::unique_lock<std::mutex>()",
             "object": "*new NAME::Object"}

def driver(programs):
    """What calls each entry of the programs with all inputs."""
    text = ["int main() {"]
    for p in programs:
        for e in p.entries:
            args = ", ".join(f"A{i}" for i in range(len(e.params)))
            makes = " ".join(f"auto &&A{i} = {ARGUMENTS[kind].replace('NAME', p.name)};" for i, kind in enumerate(e.params))
            moved = ", ".join(f"std::move(A{i})" if kind in ("mut", "ref", "ulock") else f"A{i}" for i, kind in enumerate(e.params))
            call = f"{p.name}::{e.of} O; O.{e.name}({moved});" if e.of else f"{p.name}::{e.name}({moved});"
            text.append(f'explore("{p.name}", [] {{ {makes} {call} }});')
    return text + ["return report();", "}"]

def without(program, ids):
    """The program without these nodes and all that uses what they define."""
    gone = {name for n in program.walk() if n.id in ids for m in n.walk() for name in m.defines}
    ids = set(ids)
    while True:
        more = [n for n in program.walk() if n.id not in ids and gone & set(NAME.findall(n.own()))]
        if not more: break
        ids.update(n.id for n in more)
        gone |= {name for n in more for m in n.walk() for name in m.defines}
    def cut(nodes): return [replace(n, blocks=[cut(b) for b in n.blocks]) for n in nodes if n.id not in ids]
    return tidy(replace(program, nodes=cut(program.nodes)))

def unwrapped(program, id, which):
    """The program with one block of a node instead of the node."""
    def open_(nodes):
        found = []
        for n in nodes:
            if n.id == id: found += n.blocks[which]
            else: found.append(replace(n, blocks=[open_(b) for b in n.blocks]))
        return found
    return tidy(replace(program, nodes=open_(program.nodes)))

def reworded(program, id, head):
    def change(nodes):
        return [replace(n, head=head if n.id == id else n.head, blocks=[change(b) for b in n.blocks]) for n in nodes]
    return replace(program, nodes=change(program.nodes))

def tidy(program):
    there = {name for n in program.walk() for name in n.defines}
    return replace(program, entries=[e for e in program.entries if e.name in there and (not e.of or e.of in there)])

def smaller(program, known=()):
    """Programs that are one step smaller, the boldest first, with the node that was removed. Known are nodes that can
    be removed alone: perhaps all of them can."""
    for some in (known, known[::2], known[1::2]):
        if len(some) > 1: yield without(program, some), None
    nodes = sorted(program.walk(), key=lambda n: -sum(1 for _ in n.walk()))
    for n in nodes:
        if not n.keep: yield without(program, [n.id]), n.id
    for n in nodes:
        if n.kind == "statement" and n.blocks:
            for which in range(len(n.blocks)): yield unwrapped(program, n.id, which), None
            if len(n.blocks) == 2 and n.between == ("} else {",):
                def drop_else(nodes):
                    return [replace(m, blocks=m.blocks[:1], between=()) if m.id == n.id
                            else replace(m, blocks=[drop_else(b) for b in m.blocks]) for m in nodes]
                yield tidy(replace(program, nodes=drop_else(program.nodes))), None
        condition = re.match(r"if \((.*)\) (return.*;|\{)$", n.head)
        if condition and re.search(r"&&|\|\|", condition[1]):
            for part in re.split(r" && | \|\| ", condition[1]):
                yield reworded(program, n.id, f"if ({part}) {condition[2]}"), None
        choice = re.search(r"(\(?)(\w+) \? ([^:]+) : ([^;]+?)(\)?);", n.head)
        if choice:
            for part in (choice[3], choice[4]):
                yield reworded(program, n.id, n.head.replace(choice[0], f"{part};")), None
