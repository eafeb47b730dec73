"""An aspect that lints the C++ files of targets, one action a file.

Bazel spreads, caches and repeats the actions like compilations:

    bazel build //... --aspects=@borrow_tidy//:borrow_tidy.bzl%borrow_tidy --output_groups=borrow_tidy

A finding fails the build. The workspace's .clang-tidy says which checks run; its
BUILD file exports it. clang-tidy itself is taken from the PATH.
"""

_EXTENSIONS = ("c", "cc", "cpp", "cxx", "c++", "C")
_RULES = ("cc_binary", "cc_library", "cc_test")

def _flags(context):
    flags = []
    for define in context.defines.to_list() + context.local_defines.to_list():
        flags.append("-D" + define)
    for folder in context.includes.to_list():
        flags.append("-I" + (folder or "."))
    for folder in context.quote_includes.to_list():
        flags += ["-iquote", folder or "."]
    for folder in context.system_includes.to_list():
        flags += ["-isystem", folder]
    return flags

def _lint(ctx, source, compilation):
    plugin = [file for file in ctx.files._plugin if file.basename == "libborrow-tidy.so"][0]
    done = ctx.actions.declare_file("%s.%s.borrow_tidy" % (ctx.label.name, source.short_path.replace("/", "_")))
    arguments = ctx.actions.args()
    arguments.add(done)
    arguments.add("--quiet")
    arguments.add(plugin, format = "--load=%s")
    arguments.add(ctx.file._config, format = "--config-file=%s")
    arguments.add("--warnings-as-errors=borrow-*")
    arguments.add(source)
    arguments.add("--")
    arguments.add_all(_flags(compilation))
    arguments.add_all(getattr(ctx.rule.attr, "copts", []))
    ctx.actions.run_shell(
        outputs = [done],
        inputs = depset([source, ctx.file._config] + ctx.files._plugin, transitive = [compilation.headers]),
        command = "done=$1; shift; %s \"$@\" && touch $done" % ctx.attr.clang_tidy,
        arguments = [arguments],
        mnemonic = "BorrowTidy",
        progress_message = "Linting %s" % source.short_path,
        use_default_shell_env = True,
    )
    return done

def _borrow_tidy(target, ctx):
    if ctx.rule.kind not in _RULES or CcInfo not in target:
        return []
    compilation = target[CcInfo].compilation_context
    sources = [
        file
        for attribute in getattr(ctx.rule.attr, "srcs", [])
        for file in attribute.files.to_list()
        if file.is_source and file.extension in _EXTENSIONS
    ]
    return [OutputGroupInfo(borrow_tidy = depset([_lint(ctx, file, compilation) for file in sources]))]

borrow_tidy = aspect(
    implementation = _borrow_tidy,
    attrs = {
        "clang_tidy": attr.string(default = "clang-tidy-22", values = ["clang-tidy-22", "clang-tidy-19"]),
        "_config": attr.label(default = "@//:.clang-tidy", allow_single_file = True),
        "_plugin": attr.label(default = "//:plugin", allow_files = True),
    },
)
