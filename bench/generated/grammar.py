"""Makes random programs: functions that borrow, lock, send and upgrade, and what calls them."""
import copy
from program import Entry, Node, Program

CELL = "const RefCell<int> &"
MUT, REF = "RefMut<int>", "Ref<int>"

class Scope:
    """The names that can be used here, by kind, and which guards were not given away, with what they guard."""
    def __init__(self):
        self.names, self.guards, self.returns = {}, {}, None
        self.in_loop = self.in_closure = False
    def inner(self):
        new = copy.copy(self)
        new.names = {k: list(v) for k, v in self.names.items()}
        new.guards = dict(self.guards)
        return new
    def add(self, kind, name): self.names.setdefault(kind, []).append(name)
    def all(self, *kinds): return [n for k in kinds for n in self.names.get(k, ())]
    def forget(self, kind, name): self.names[kind].remove(name); self.guards.pop(name, None)

class Grammar:
    def __init__(self, random, name):
        self.random, self.name, self.count = random, name, 0
        self.functions, self.entries, self.methods = [], [], []
        self.object = False

    def fresh(self, stem):
        self.count += 1
        return f"{stem}{self.count}"
    def chance(self, percent): return self.random.random() * 100 < percent
    def pick(self, names): return self.random.choice(names) if names else None

    # Programs.

    def program(self):
        nodes, scope = [], Scope()
        if self.chance(25):
            nodes.append(self.declare("cell", f"RefCell<int> {self.fresh('Cell')};", scope))
        if self.chance(25):
            nodes.append(self.declare("mutex", f"std::mutex {self.fresh('Mutex')};", scope))
        if self.chance(40): nodes.append(self.class_(scope))
        for _ in range(self.random.choice((0, 1, 1, 2, 3))): nodes += self.helper(scope)
        nodes.append(self.function("run", self.parameters(self.random.choice((2, 3, 3, 4, 5))), scope, self.random.randint(4, 11)))
        return Program(self.name, nodes, self.entries).number()

    def declare(self, kind, text, scope):
        name = text.rstrip(";").split()[-1]
        scope.add(kind, name)
        return Node(text, kind="declaration", defines=(name,))

    def class_(self, scope):
        fields, inside = [], scope.inner()
        for kind, type_ in [("cell", "RefCell<int>")] * self.random.randint(1, 2) + [("mutex", "std::mutex")] * self.random.randint(0, 1) + \
                           [("channel", "Channel<int>")] * self.chance(20) + [("optmut", f"std::optional<{MUT}>")] * self.chance(35) + \
                           [("weak", "std::weak_ptr<RefCell<int>>")] * self.chance(20):
            fields.append(self.declare(kind, f"{type_} {self.fresh('Field')};", inside))
        self.members = {k: [n for n in v if n.startswith("Field")] for k, v in inside.names.items()}
        methods = []
        for _ in range(self.random.randint(1, 3)):
            methods += self.helper(inside, of="Object")
        self.object = True
        return Node("struct Object {", [fields + methods], foot="};", defines=("Object",), kind="declaration")

    def parameters(self, count):
        kinds = ["bool", "bool", "cell", "cell", "cell", "mutex", "mutex", "int", "channel", "weak", "strong", "pointer", "shared_mutex"]
        chosen = [self.random.choice(kinds) for _ in range(count)]
        if "bool" not in chosen and self.chance(70): chosen.append("bool")
        if self.object and self.chance(60): chosen.append("object")
        return chosen

    TYPES = {"bool": "bool ", "int": "int ", "cell": CELL, "mutex": "std::mutex &", "shared_mutex": "std::shared_mutex &",
             "channel": "Channel<int> &", "weak": "const std::weak_ptr<RefCell<int>> &", "object": "Object &",
             "strong": "const std::shared_ptr<RefCell<int>> &", "pointer": "RefCell<int> *", "mut": MUT + " ", "ref": REF + " ",
             "ulock": "std::unique_lock<std::mutex> ", "closure": "F "}
    STEMS = {"bool": "Flag", "int": "Number", "mut": "Guard", "ref": "Guard", "ulock": "Lock", "closure": "Function"}

    def function(self, name, kinds, scope, size, returns="void", result=None, of="", template=""):
        inside, params = scope.inner(), []
        inside.returns = (returns, None)
        for kind in kinds:
            param = self.fresh(self.STEMS.get(kind, kind.title().replace("_", "")))
            params.append(self.TYPES[kind] + param)
            self.bind(kind, param, inside)
        if result: inside.returns = (returns, result(inside))
        body = self.block(inside, size, 0)
        if "closure" in kinds: body.insert(self.random.randint(0, len(body)), Node(f"{inside.all('closure')[0]}();"))
        if result: body.append(Node(f"return {inside.returns[1]};", keep=True))
        if not template: self.entries.append(Entry(name, tuple(kinds), of))
        return Node(f"{template}{returns} {name}({', '.join(params)}) {{", [body], kind="function", defines=(name,), keep=name == "run")

    def bind(self, kind, name, scope):
        if kind == "pointer": scope.add("cell", "*" + name)
        elif kind == "strong": scope.add("cell", "*" + name); scope.add("strong", name)
        elif kind == "object":
            for member, fields in self.members.items():
                for f in fields: scope.add(member, f"{name}.{f}")
            scope.add("object", name)
        else: scope.add(kind, name)
        if kind in ("mut", "ref", "ulock"): scope.guards[name] = None

    def helper(self, scope, of=""):
        """A function or method, and how it is called: what it gives and takes."""
        name, size = self.fresh("method" if of else "helper"), self.random.randint(1, 3)
        kinds = [self.random.choice(["cell", "cell", "mutex", "bool", "channel", "weak", "strong"])
                 for _ in range(self.random.randint(0 if of else 1, 2))]
        what = self.random.choice(["does", "does", "does", "gives", "gives", "takes", "tells", "calls"])
        template = ""
        if what == "takes": kinds.append(self.random.choice(["mut", "ref", "ulock"]))
        if what == "calls": kinds.append("closure"); template = "template <class F> "
        returns, result = "void", None
        if what == "tells": returns, result = "bool", lambda s: self.condition(s)
        if what == "gives":
            cells = scope.all("cell") if of else []
            if "cell" not in kinds and not cells: kinds.append("cell")
            returns = self.random.choice([MUT, REF])
            def result(s):
                own = [c for c in s.all("cell")]
                return f"{self.call(self.pick(own), 'borrow_mut' if returns == MUT else 'borrow')}()"
        node = self.function(name, kinds, scope, size, returns, result, of, template)
        (self.methods if of else self.functions).append((name, what, tuple(kinds), returns))
        if not template: return [node]
        # A template that nobody uses is not looked at.
        user = self.fresh("method" if of else "helper")
        params = [self.fresh("Given") for _ in kinds[:-1]]
        self.entries.append(Entry(user, tuple(kinds[:-1]), of))
        return [node, Node(f"void {user}({', '.join(self.TYPES[k] + p for k, p in zip(kinds, params))}) {{",
                           [[Node(f"{name}({', '.join(params + ['[] {}'])});")]], kind="function", defines=(user,))]

    # Statements.

    def block(self, scope, size, depth):
        nodes = []
        for _ in range(size):
            found = self.statement(scope, depth)
            nodes += found
            if found and found[-1].head.startswith(("return", "break", "continue")): break
        return nodes

    def statement(self, scope, depth):
        deep = depth < 3
        rules = [(14, self.guard), (10, self.use_cell), (7, self.end_guard), (4, self.move_guard), (8, self.optional), (9, self.lock),
                 (7, self.end_lock), (6, self.send), (6, self.call_helper), (4, self.another_name), (5, self.upgrade), (4, self.flag),
                 (5, self.leave), (3, self.call_closure), (2, self.try_borrow)]
        if deep: rules += [(4, self.scope), (12, self.if_), (4, self.loop), (5, self.closure), (2, self.switch), (3, self.try_lock)]
        for _ in range(20):
            rule = self.random.choices([r for _, r in rules], [w for w, _ in rules])[0]
            found = rule(scope, depth)
            if found: return found
        return []

    @staticmethod
    def call(target, method): return f"{target[1:]}->{method}" if target.startswith("*") else f"{target}.{method}"

    def cell(self, scope):
        """A cell, rather one that no guard in sight guards."""
        cells = scope.all("cell")
        free = [c for c in cells if c not in scope.guards.values()]
        return self.pick(free) if free and self.chance(55) else self.pick(cells)

    def borrowing(self, scope, mutably=None):
        """An expression that gives a guard, its kind and its cell."""
        cell = self.cell(scope)
        if cell is None: return None
        mutably = self.chance(50) if mutably is None else mutably
        expr = f"{self.call(cell, 'borrow_mut' if mutably else 'borrow')}()"
        if self.chance(6) and len(scope.all("cell")) > 1 and (flag := self.condition_name(scope)):
            other = self.pick([c for c in scope.all("cell") if c != cell])
            expr = f"{flag} ? {expr} : {self.call(other, 'borrow_mut' if mutably else 'borrow')}()"
        return expr, "mut" if mutably else "ref", cell

    def guard(self, scope, depth):
        if not (b := self.borrowing(scope)): return
        expr, kind, cell = b
        name = self.fresh("Guard")
        scope.add(kind, name); scope.guards[name] = cell
        return [Node(f"auto {name} = {expr};", defines=(name,))]

    def use_cell(self, scope, depth):
        if not (cell := self.cell(scope)): return
        other = self.pick(scope.all("cell"))
        forms = [f"*{self.call(cell, 'borrow_mut')}() += 1;", f"use(*{self.call(cell, 'borrow')}());", f"{self.call(cell, 'replace')}(2);"]
        if self.chance(20): forms = [f"*{self.call(cell, 'borrow_mut')}() = *{self.call(other, 'borrow')}();",
                                     f"use(*{self.call(cell, 'borrow')}() + *{self.call(other, 'borrow')}());"]
        if self.chance(15) and (guards := scope.all("mut", "ref")): forms = [f"use(*{self.pick(guards)});"]
        return [Node(self.pick(forms))]

    def end_guard(self, scope, depth):
        kind = self.random.choice(["mut", "ref", "ulock"])
        if not (guards := scope.all(kind)): return
        name = self.pick(guards)
        scope.forget(kind, name)
        return [Node(f"drop(std::move({name}));")]

    def move_guard(self, scope, depth):
        kind = self.random.choice(["mut", "ref", "mut", "ulock"])
        if not (guards := scope.all(kind)): return
        name = self.pick(guards)
        if self.chance(30) and len(guards) > 1:
            to = self.pick([g for g in guards if g != name])
            held = scope.guards.get(name); scope.forget(kind, name); scope.guards[to] = held
            return [Node(f"{to} = std::move({name});")]
        new = self.fresh("Lock" if kind == "ulock" else "Guard")
        held = scope.guards.get(name); scope.forget(kind, name)
        scope.add(kind, new); scope.guards[new] = held
        return [Node(f"auto {new} = std::move({name});", defines=(new,))]

    def optional(self, scope, depth):
        kind = self.random.choice(["optmut", "optref"])
        optionals = scope.all(kind)
        if not optionals or self.chance(25):
            name = self.fresh("Kept")
            scope.add(kind, name)
            return [Node(f"std::optional<{MUT if kind == 'optmut' else REF}> {name};", defines=(name,))]
        name = self.pick(optionals)
        form = self.random.choice(["set", "set", "emplace", "reset", "reset", "null", "test", "take"])
        if form == "reset": scope.guards.pop(name, None); return [Node(f"{name}.reset();")]
        if form == "null": scope.guards.pop(name, None); return [Node(f"{name} = std::nullopt;")]
        if form == "test" and depth < 3:
            return [Node(f"if ({name}) {{", [self.block(scope.inner(), 1, depth + 1)])]
        guards = scope.all("mut" if kind == "optmut" else "ref")
        if form == "take" and guards:
            source = self.pick(guards)
            scope.guards[name] = scope.guards.get(source); scope.forget("mut" if kind == "optmut" else "ref", source)
            return [Node(f"{name} = std::move({source});")]
        if not (b := self.borrowing(scope, kind == "optmut")): return
        scope.guards[name] = b[2]
        return [Node(f"{name}.emplace({b[0]});" if form == "emplace" or "?" in b[0] else f"{name} = {b[0]};")]

    def try_borrow(self, scope, depth):
        if not (cell := self.cell(scope)): return
        mutably = self.chance(50)
        expr = f"{self.call(cell, 'try_borrow_mut' if mutably else 'try_borrow')}()"
        name, inside = self.fresh("Kept"), scope.inner()
        if self.chance(50) and depth < 3:
            inside.guards[name] = cell
            return [Node(f"if (auto {name} = {expr}) {{", [self.block(inside, self.random.randint(1, 2), depth + 1)], defines=(name,))]
        scope.add("optmut" if mutably else "optref", name)
        return [Node(f"auto {name} = {expr};", defines=(name,))]

    def mutex(self, scope, kinds=("mutex", "shared_mutex", "recursive")):
        mutexes = scope.all(*kinds)
        free = [m for m in mutexes if m not in scope.guards.values()]
        return self.pick(free) if free and self.chance(60) else self.pick(mutexes)

    def lock(self, scope, depth):
        if self.chance(5):
            name = self.fresh("Mutex")
            scope.add("recursive", name)
            return [Node(f"std::recursive_mutex {name};", defines=(name,))]
        if not (mutex := self.mutex(scope)): return
        name = self.fresh("Lock")
        form = self.random.choice(["guard", "guard", "unique", "unique", "unique", "hand", "two", "defer", "shared", "adopt"])
        plain = mutex in scope.all("mutex")
        if form == "shared":
            if mutex not in scope.all("shared_mutex"): return
            scope.guards[name] = mutex
            return [Node(f"std::shared_lock {name}({mutex});", defines=(name,))]
        if form == "hand":
            scope.add("by hand", mutex); scope.guards[name] = mutex
            return [Node(f"{mutex}.lock();")]
        if form == "adopt":
            if mutex not in scope.all("by hand"): return
            scope.names["by hand"].remove(mutex)
            return [Node(f"std::lock_guard {name}({mutex}, std::adopt_lock);", defines=(name,))]
        if form == "two":
            other = self.mutex(scope)
            if other == mutex: return
            return [Node(f"std::scoped_lock {name}({mutex}, {other});", defines=(name,))]
        scope.guards[name] = mutex
        if form == "guard": return [Node(f"std::lock_guard {name}({mutex});", defines=(name,))]
        if plain: scope.add("ulock", name)
        deferred = ", std::defer_lock" if form == "defer" else ""
        if deferred: scope.guards.pop(name); scope.add("unlocked", name)
        else: scope.add("locked", name)
        return [Node(f"std::unique_lock {name}({mutex}{deferred});", defines=(name,))]

    def end_lock(self, scope, depth):
        locked, unlocked, hand = scope.all("locked"), scope.all("unlocked"), scope.all("by hand")
        forms = [("unlock", n) for n in locked] + [("lock", n) for n in unlocked] + [("hand", n) for n in hand] * 2
        if not forms: return
        form, name = self.pick(forms)
        if form == "hand":
            scope.names["by hand"].remove(name)
            return [Node(f"{name}.unlock();")]
        old, new = ("locked", "unlocked") if form == "unlock" else ("unlocked", "locked")
        scope.names[old].remove(name); scope.add(new, name)
        if form == "unlock": scope.guards.pop(name, None)
        return [Node(f"{name}.{form}();")]

    def try_lock(self, scope, depth):
        if not (mutex := self.mutex(scope, ("mutex", "shared_mutex"))): return
        inside, name = scope.inner(), self.fresh("Lock")
        inside.guards[name] = mutex
        body = self.block(inside, self.random.randint(1, 2), depth + 1)
        if self.chance(40):
            if body and body[-1].head.startswith(("return", "break", "continue")): body.pop()
            return [Node(f"if ({mutex}.try_lock()) {{", [body + [Node(f"{mutex}.unlock();")]])]
        if self.chance(50):
            return [Node(f"if (std::unique_lock {name}({mutex}, std::try_to_lock); {name}) {{", [body], defines=(name,))]
        return [Node(f"std::unique_lock {name}({mutex}, std::try_to_lock);", defines=(name,)), Node(f"if ({name}.owns_lock()) {{", [body])]

    def send(self, scope, depth):
        if not (channel := self.pick(scope.all("channel"))): return
        return [Node(self.pick([f"{channel}.send(1);", f"{channel}.send(2);", f"use({channel}.recv());"]))]

    def another_name(self, scope, depth):
        cell = self.pick(scope.all("cell"))
        form = self.random.choice(["reference", "pointer", "clone", "local", "new", "mutex"])
        name = self.fresh("Name")
        if form == "reference" and cell:
            scope.add("cell", name); return [Node(f"auto &{name} = {cell};", defines=(name,))]
        if form == "pointer" and cell:
            scope.add("cell", "*" + name); return [Node(f"auto *{name} = &{cell};", defines=(name,))]
        if form == "clone" and (strong := self.pick(scope.all("strong"))):
            self.bind("strong", name, scope); scope.add("handle", name)
            return [Node(f"auto {name} = {strong};", defines=(name,))]
        if form == "local": scope.add("cell", name); return [Node(f"RefCell<int> {name};", defines=(name,))]
        if form == "mutex" and (mutex := self.pick(scope.all("mutex"))):
            scope.add("mutex", name); return [Node(f"auto &{name} = {mutex};", defines=(name,))]
        if form == "new":
            self.bind("strong", name, scope); scope.add("handle", name)
            return [Node(f"auto {name} = std::make_shared<RefCell<int>>(1);", defines=(name,))]

    def upgrade(self, scope, depth):
        weak, name = self.pick(scope.all("weak")), self.fresh("Strong")
        form = self.random.choice(["weaken", "reset", "at once", "if", "if", "return", "unchecked", "and", "late", "late", "expired"])
        if form == "weaken":
            if not (strong := self.pick(scope.all("strong"))): return
            scope.add("weak", name); return [Node(f"std::weak_ptr<RefCell<int>> {name} = {strong};", defines=(name,))]
        if form == "reset":
            if not (handle := self.pick(scope.all("handle"))): return
            scope.forget("handle", handle); scope.forget("strong", handle); scope.forget("cell", "*" + handle)
            return [Node(f"{handle}.reset();")]
        if form == "late":
            if not (handle := self.pick(scope.all("upgraded"))): return
            if self.chance(40):
                self.bind("strong", handle, scope); scope.forget("upgraded", handle)
                return [Node(self.leaving(scope, f"if (!{handle})"))]
            inside = scope.inner(); self.bind("strong", handle, inside)
            return [Node(f"if ({self.pick([handle, handle + ' != nullptr'])}) {{", [self.block(inside, 1, min(3, depth + 1))])]
        if not weak: return
        if form == "at once": return [Node(f"use(*{weak}.lock()->borrow());")]
        if form == "expired": return [Node(self.leaving(scope, f"if ({weak}.expired())"))]
        if form == "if" and depth < 3:
            inside = scope.inner(); self.bind("strong", name, inside)
            node = Node(f"if (auto {name} = {weak}.lock()) {{", [self.block(inside, self.random.randint(1, 2), depth + 1)], defines=(name,))
            if self.chance(20): node.blocks.append(self.block(scope.inner(), 1, depth + 1)); node.between = ("} else {",)
            return [node]
        made = Node(f"auto {name} = {weak}.lock();", defines=(name,))
        if form == "return":
            self.bind("strong", name, scope); scope.add("handle", name)
            return [made, Node(self.leaving(scope, f"if (!{name})"))]
        if form == "and":
            self.bind("strong", name, inside := scope.inner())
            condition = f"{name} && {self.condition(scope)}"
            return [made, Node(f"if ({condition}) {{", [self.block(inside, 1, min(3, depth + 1))])]
        if self.chance(30): self.bind("strong", name, scope)
        else: scope.add("upgraded", name)
        return [made]

    # Control flow.

    def condition_name(self, scope): return self.pick(scope.all("bool"))

    def condition(self, scope, depth=0):
        flags, numbers = scope.all("bool"), scope.all("int")
        forms = [lambda: "ask()"]
        if flags: forms += [lambda: self.pick(flags), lambda: self.pick(flags), lambda: "!" + self.pick(flags)]
        if numbers: forms += [lambda: f"{self.pick(numbers)} {self.pick(['==', '>', '!=', '<'])} {self.random.randint(1, 2)}"]
        if depth == 0:
            def both():
                left, right = self.condition(scope, 1), self.condition(scope, 1)
                return f"{left} {self.pick(['&&', '||'])} {right}"
            forms.append(both)
        if self.chance(8) and (name := self.pick([n for n, what, kinds, _ in self.functions if what == "tells" and self.fits(kinds, scope)])):
            kinds = next(k for n, _, k, _ in self.functions if n == name)
            return f"{name}({self.arguments(kinds, scope)})"
        return self.random.choice(forms)()

    def flag(self, scope, depth):
        flags = [f for f in scope.all("bool") if f.startswith("Is")]
        if flags and self.chance(50): return [Node(f"{self.pick(flags)} = {self.pick(['true', 'false', self.condition(scope)])};")]
        name, value = self.fresh("Is"), self.pick(["false", self.condition(scope)])
        scope.add("bool", name)
        return [Node(f"bool {name} = {value};", defines=(name,))]

    def leaving(self, scope, test):
        if scope.in_loop and self.chance(40): return f"{test} {self.pick(['break', 'continue'])};"
        returns, result = scope.returns
        if returns == "void": return f"{test} return;"
        return f"{test} return {result};"

    def leave(self, scope, depth):
        if depth == 0 or self.chance(60): return [Node(self.leaving(scope, f"if ({self.condition(scope)})"))]
        return [Node(self.leaving(scope, "").strip())]

    def scope(self, scope, depth): return [Node("{", [self.block(scope.inner(), self.random.randint(1, 3), depth + 1)])]

    def if_(self, scope, depth):
        node = Node(f"if ({self.condition(scope)}) {{", [self.block(scope.inner(), self.random.randint(1, 3), depth + 1)])
        if self.chance(30): node.blocks.append(self.block(scope.inner(), self.random.randint(1, 2), depth + 1)); node.between = ("} else {",)
        return [node]

    def switch(self, scope, depth):
        if not (number := self.pick(scope.all("int"))): return
        def case():
            inside = scope.inner(); inside.in_loop = False
            return self.block(inside, self.random.randint(1, 2), depth + 1)
        blocks = [[], case(), case(), case()]
        falls = self.pick(["} break;", "}"])
        return [Node(f"switch ({number}) {{", blocks, ("case 0: {", falls + " case 1: {", "} break; default: {"), "}}")]

    def loop(self, scope, depth):
        inside = scope.inner(); inside.in_loop = True
        index = self.fresh("Index")
        return [Node(f"for (int {index} = upTo(2); {index} > 0; --{index}) {{",
                     [self.block(inside, self.random.randint(1, 3), depth + 1)], defines=(index,))]

    # Calls.

    def fits(self, kinds, scope): return all(k in ("closure",) or scope.all(k) for k in kinds)

    def arguments(self, kinds, scope):
        args = []
        for k in kinds:
            if k == "closure": continue
            name = self.pick(scope.all(k))
            if k in ("mut", "ref", "ulock"): scope.forget(k, name); args.append(f"std::move({name})")
            elif k == "cell": args.append(self.cell(scope))
            else: args.append(name)
        # Two parameters for one object are taken for two.
        if len(set(args)) < len(args):
            args = [self.pick([n for n in scope.all(k) if n not in args[:i]] or [a]) if k in ("cell", "mutex", "strong") else a
                    for i, (k, a) in enumerate(zip(kinds, args))]
        return ", ".join(args)

    def call_helper(self, scope, depth):
        objects = scope.all("object")
        calls = [(f, "") for f in self.functions]
        if self.object: calls += [(m, o + ".") for m in self.methods for o in objects] * 2
        elif "Object" not in scope.names: calls += [(m, "") for m in self.methods]
        calls = [(f, o) for f, o in calls if self.fits(f[2], scope)]
        if not calls: return
        (name, what, kinds, returns), on = self.pick(calls)
        args = self.arguments(kinds, scope)
        if what == "calls":
            if depth >= 3: return
            inside = scope.inner(); inside.in_loop = False; inside.returns = ("void", None); inside.names.pop("by hand", None)
            return [Node(f"{on}{name}({args + ', ' if args else ''}[&] {{", [self.block(inside, self.random.randint(1, 2), depth + 1)],
                         foot="});", kind="closure")]
        if what == "gives":
            if self.chance(25): return [Node(f"use(*{on}{name}({args}));")]
            guard = self.fresh("Guard")
            scope.add("mut" if returns == MUT else "ref", guard); scope.guards[guard] = None
            return [Node(f"auto {guard} = {on}{name}({args});", defines=(guard,))]
        if what == "tells":
            flag = self.fresh("Is"); scope.add("bool", flag)
            return [Node(f"bool {flag} = {on}{name}({args});", defines=(flag,))]
        return [Node(f"{on}{name}({args});")]

    def closure(self, scope, depth):
        inside = scope.inner(); inside.in_loop = False; inside.returns = ("void", None)
        name, form = self.fresh("Closure"), self.random.choice(["auto", "auto", "at once", "apply", "applyTo", "function", "keeps"])
        if form == "keeps":
            if not (guard := self.pick(scope.all("mut"))): return
            scope.forget("mut", guard); scope.add("closure", name)
            return [Node(f"auto {name} = [{guard} = std::move({guard})] {{ use(*{guard}); }};", defines=(name,))]
        body = self.block(inside, self.random.randint(1, 2), depth + 1)
        if form == "at once": return [Node("[&] {", [body], foot="}();", kind="closure")]
        if form in ("apply", "applyTo"): return [Node(f"{form}([&] {{", [body], foot="});", kind="closure")]
        scope.add("closure", name)
        made = [Node(f"{'auto' if form == 'auto' else 'std::function<void()>'} {name} = [&] {{", [body], foot="};", kind="closure", defines=(name,))]
        return made + self.call_closure(scope, depth) * self.chance(50)

    def call_closure(self, scope, depth):
        if not (closure := self.pick(scope.all("closure"))): return
        return [Node(self.pick([f"{closure}();", f"{closure}();", f"applyTo({closure});"]))]
