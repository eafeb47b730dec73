"""Programs of one exaggerated shape each, as large as wanted."""

PRELUDE = """#include "cell.h"
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>
using namespace app;
int g(int = 0);
bool check(int);
std::mutex M;
RefCell<int> Global(0);
"""

SHAPES = {}


def shape(size):
    """Registers a function that makes the shape; size is its full size."""

    def add(make):
        SHAPES[make.__name__.replace("_", " ")] = (size, make)
        return make

    return add


def lines(count, text):
    """The text once per number, which stands for each @."""
    return "\n".join(text.replace("@", str(i)) for i in range(count))


def body(text):
    return f"int f(RefCell<int> &C, std::weak_ptr<int> W, int X) {{\n{text}\nreturn X;\n}}\n"


def nested(count, opening, inside, closing):
    closings = lines(count, closing).split("\n")
    return body("\n".join([lines(count, opening), inside, *reversed(closings)]))


@shape(100_000)
def statements(n):
    return body(lines(n, "X += g(@);"))


@shape(100_000)
def scoped_guards(n):
    return body(lines(n, "{ auto A = C.borrow_mut(); *A = 1; }"))


@shape(100_000)
def branches_with_guards(n):
    return body(
        lines(n, "if (g()) { auto A = C.borrow_mut(); *A = 1; } else { auto A = C.borrow(); g(); }")
    )


@shape(100_000)
def branches_with_upgrades(n):
    return body(lines(n, "if (auto P = W.lock()) g(*P);"))


@shape(100_000)
def shared_data(n):
    return body(lines(n, "{ std::lock_guard<std::mutex> L(M); Global.borrow_mut(); }"))


@shape(10_000)
def guards_alive(n):
    return lines(n, "std::mutex M@;") + body(lines(n, "std::lock_guard<std::mutex> L@(M@);"))


@shape(10_000)
def borrows_alive(n):
    return lines(n, "RefCell<int> C@(0);") + body(lines(n, "auto B@ = C@.borrow_mut();"))


@shape(10_000)
def guards_alive_on_branches(n):
    return lines(n, "std::mutex M@;") + body(
        lines(n, "std::unique_lock<std::mutex> L@(M@, std::defer_lock); if (check(@)) L@.lock();")
    )


@shape(10_000)
def unchecked_upgrades(n):
    return body(lines(n, "auto P@ = W.lock(); if (check(@)) X += *P@;"))


@shape(10_000)
def locks_by_hand(n):
    return body(lines(n, "M.lock(); if (check(@)) { M.unlock(); return @; } M.unlock();"))


@shape(10_000)
def threads(n):
    return body(lines(n, "std::thread T@([&X] { X += @; }); T@.join();"))


@shape(10_000)
def conditions(n):
    flags = "bool F@ = check(@); std::unique_lock<std::mutex> L@(M, std::defer_lock);"
    return body(lines(n, flags) + "\n" + lines(n, "if (F@) { L@.lock(); L@.unlock(); }"))


@shape(10_000)
def switch(n):
    return body(
        "switch (X) {\n"
        + lines(n, "case @: { auto A = C.borrow_mut(); *A = @; break; }")
        + "\n}"
    )


@shape(10_000)
def falling_through(n):
    return body("switch (X) {\n" + lines(n, "case @: M.lock(); M.unlock();") + "\n}")


@shape(10_000)
def labels(n):
    return body(lines(n, "L@: if (check(@)) goto L@; { auto A = C.borrow(); }"))


@shape(1_000)
def jumps_everywhere(n):
    return body(
        lines(n, f"L@: M.lock(); M.unlock(); if (check(@)) goto L{n - 1}; if (check(-@)) goto L0;")
    )


@shape(3_000)
def and_chain(n):
    return body("if (" + " && ".join(["check(0)"] * n) + ") { auto A = C.borrow_mut(); }")


@shape(3_000)
def else_if_chain(n):
    return body(
        "else ".join(f"if (X == {i}) {{ auto A = C.borrow_mut(); *A = {i}; }}\n" for i in range(n))
    )


@shape(1_000)
def nested_blocks(n):
    return nested(n, "{ auto A@ = C.borrow();", "*C.borrow_mut() = 1;", "}")


@shape(1_000)
def nested_branches(n):
    return nested(n, "if (auto P@ = W.lock()) { std::lock_guard<std::mutex> L(M);", "g();", "}")


@shape(1_000)
def nested_loops(n):
    return nested(n, "while (check(@)) { auto A@ = C.borrow_mut();", "g();", "}")


@shape(300)
def nested_tries(n):
    return nested(
        n, "try { auto A@ = C.borrow_mut();", "g();", "} catch (...) { C.borrow_mut(); }"
    )


@shape(100)
def nested_lambdas(n):
    return nested(n, "auto L@ = [&] { auto A = C.borrow_mut();", "g();", "}; L@();")


@shape(1_000)
def nested_calls(n):
    return body("X = " + "g(" * n + "*W.lock()" + ")" * n + ";")


@shape(1_000)
def nested_parentheses(n):
    return body("X = " + "(1 + " * n + "*C.borrow()" + ")" * n + ";")


@shape(1_000)
def nested_conditionals(n):
    return body("X = " + "(check(0) ? *W.lock() : " * n + "0" + ")" * n + ";")


@shape(3_000)
def long_sum(n):
    return body("X = " + " + ".join(["*C.borrow()"] * n) + ";")


@shape(1_000)
def long_path(n):
    node = "struct Node { std::shared_ptr<Node> Next; std::weak_ptr<Node> Back; int V; };\n"
    path = "->".join(["Next->Next->Back.lock()"] * (n // 3))
    return node + f"int f(Node &N) {{ return N.{path}->V; }}\n"


@shape(1_000)
def builder_calls(n):
    return (
        "struct B { B &set(int V) { std::lock_guard<std::mutex> L(M); return *this; } };\n"
        + f"void f(B &X) {{ X{'.set(1)' * n}; }}\n"
    )


@shape(10_000)
def arguments(n):
    return (
        "template <class... T> void all(T &&...) {}\n"
        if n <= 1_000
        else "void all(std::initializer_list<int>);\n"
    ) + body(
        "all(" + ", ".join(["*C.borrow()"] * n) + ");"
        if n <= 1_000
        else "all({" + ", ".join(["*C.borrow()"] * n) + "});"
    )


@shape(1_000)
def captures(n):
    return body(
        lines(n, "auto V@ = W.lock();")
        + "\nstd::thread T([="
        + lines(n, ", &V@").replace("\n", "")
        + "] { g(*V0); }); T.join();"
    )


@shape(10_000)
def mutual_calls(n):
    return lines(n, "void f@(RefCell<int> &C);") + "".join(
        f"void f{i}(RefCell<int> &C) {{ {{ auto A = C.borrow_mut(); }} f{(i + 1) % n}(C); }}\n"
        for i in range(n)
    )


@shape(2_000)
def tangled_calls(n):
    return lines(n, "void f@(RefCell<int> &C);") + "".join(
        f"void f{i}(RefCell<int> &C) {{ {{ auto A = C.borrow_mut(); }}"
        f" if (check({i})) f{i * 7 % n}(C); else f{(i * 31 + 1) % n}(C); f{(i + 1) % n}(C); }}\n"
        for i in range(n)
    )


@shape(10_000)
def call_chain(n):
    return "void f0(RefCell<int> &C) { auto A = C.borrow_mut(); }\n" + "".join(
        f"void f{i}(RefCell<int> &C) {{ f{i - 1}(C); f{i - 1}(C); }}\n" for i in range(1, n)
    )


@shape(10_000)
def private_call_chain(n):
    return (
        "std::mutex M; int D = 0; static void f0() { ++D; }\n"
        "void g() { std::lock_guard<std::mutex> L(M); D = 1; }\n"
        + "".join(f"static void f{i}() {{ f{i - 1}(); }}\n" for i in range(1, n))
        + f"void h() {{ f{n - 1}(); }}\n"
    )


@shape(10_000)
def methods_with_a_mutex(n):
    return (
        "class Many { std::mutex M; int A = 0, B = 0; std::map<int, int> C; public:\n"
        + lines(n, "void f@() { std::lock_guard<std::mutex> L(M); ++A; C[@] = B; }")
        + lines(n // 10, "int g@() { return A; }")
        + "\n};\n"
    )


@shape(10_000)
def methods_calling_each_other(n):
    return (
        "class Many { std::mutex M; int A = 0; void h0() { ++A; }\n"
        + "".join(f"void h{i}() {{ ++A; h{i // 2}(); }}\n" for i in range(1, n))
        + "public:\n"
        + lines(n, "void f@() { std::lock_guard<std::mutex> L(M); h@(); }")
        + "\n};\n"
    )


@shape(3_000)
def locks_in_both_orders(n):
    return lines(n, "std::mutex M@;") + "".join(
        f"void f{i}() {{ std::lock_guard<std::mutex> A(M{i}), B(M{i * 7 % n}), C(M{i // 2}); }}\n"
        for i in range(n)
    )


@shape(3_000)
def classes_in_cycles(n):
    return lines(n, "struct N@;") + "".join(
        f"struct N{i} {{ std::shared_ptr<N{(i + 1) % n}> Next; std::shared_ptr<N{i // 2}> Up; }};\n"
        f"void f{i}(std::shared_ptr<N{i}> A, std::shared_ptr<N{(i + 1) % n}> B) {{ A->Next = B; }}\n"
        for i in range(n)
    )


@shape(3_000)
def stored_callbacks(n):
    return (
        "struct S { RefCell<int> C; std::function<void()> F; S() : C(0) {}\n"
        "void set(std::function<void()> N) { F = std::move(N); }\n"
        "void call() { auto A = C.borrow_mut(); F(); } };\n"
        + lines(n, "void f@(S &X) { X.set([&X] { X.C.borrow_mut(); }); }")
    )


@shape(900)
def instantiations(n):
    return (
        "template <int I> struct D { D<I - 1> Next; std::mutex M;\n"
        "void f() { std::lock_guard<std::mutex> L(M); Next.f(); } };\n"
        "template <> struct D<0> { void f() {} };\n"
        f"void f(D<{n}> &X) {{ X.f(); }}\n"
    )


@shape(900)
def inheritance(n):
    return (
        "struct B0 { RefCell<int> C{0}; };\n"
        + "".join(f"struct B{i} : B{i - 1} {{ int V{i}; }};\n" for i in range(1, n))
        + f"void f(B{n - 1} &X) {{ auto A = X.C.borrow_mut(); X.C.borrow(); }}\n"
    )


@shape(10_000)
def members(n):
    return (
        "struct Many { std::mutex M;\n"
        + lines(n, "int V@ = 0;")
        + "\nvoid f() { std::lock_guard<std::mutex> L(M);\n"
        + lines(n, "V@ = 1;")
        + "}\nint get() { return V0; } };\n"
    )


@shape(100_000)
def initialisers(n):
    return f"int Table[] = {{{'1, ' * n}}};\n" + body(
        "auto A = C.borrow_mut();\nint Own[] = {" + "X, " * n + "};"
    )
