"""Configuration of the tests; CONTRIBUTING.md describes the substitutions."""

import os
import shutil

import lit.formats

config.name = f"borrow-tidy on LLVM {config.llvm_version}"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".cpp", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.join(config.source_dir, "test")

plugin_dir = os.path.join(config.build_dir, "lib", "borrow-tidy")
plugin = os.path.join(plugin_dir, "libborrow-tidy.so")
mock = os.path.join(config.test_source_root, "Inputs", "mock")
verify_options = f"--clang-tidy {config.clang_tidy} --plugin {plugin} --preload '{config.preload}'"
verify, verify_docs = (
    f"{config.python} {config.test_source_root}/{script}.py {verify_options}"
    for script in ("verify", "verify_docs")
)

# Update the expectations instead of checking them (`./dev test --update`).
update = "--update" if os.environ.get("BORROW_UPDATE") else ""

# A sanitized plugin needs the sanitizer's library in its host from the start.
# The host's own code is not instrumented, so it neither frees what ASan calls
# leaked nor unpoisons the allocators that inline code of LLVM poisons.
preload = f"env LD_PRELOAD={config.preload}" if config.preload else ""
if config.preload:
    config.environment["ASAN_OPTIONS"] = (
        "detect_leaks=0:allow_user_poisoning=0:detect_container_overflow=0"
    )
    config.environment["UBSAN_OPTIONS"] = "print_stacktrace=1"
    config.available_features.add("asan")
config.environment["PYTHONDONTWRITEBYTECODE"] = "1"
# FileCheck, count and not.
config.environment["PATH"] = config.tools_dir + os.pathsep + os.environ["PATH"]

config.available_features.add(f"llvm-{config.llvm_version}")
if config.llvm_version == config.primary_version:
    config.available_features.add("primary")

clangd = os.path.join(config.build_dir, "bin", "borrow-clangd")
if config.llvm_version != config.primary_version:
    clangd += f"-{config.llvm_version}"

sarif_schema = os.path.join(config.source_dir, "build", "sarif-2.1.0.json")

# A name that begins with another one comes before it.
config.substitutions += [
    (r"%lint\b", f"{verify} --mock {mock} {update} %s"),
    ("%linter", f"{config.python} {config.source_dir}/tools/lint.py --plugin {plugin}"),
    (
        "%robustness",
        f"{config.python} {config.source_dir}/bench/robustness/run.py"
        f" --clang-tidy {config.clang_tidy} --plugin {plugin} --preload '{config.preload}'",
    ),
    ("%verify_docs", f"{verify_docs} --mock {mock}"),
    ("%verify", verify),
    ("%tidy", f"{preload} {config.clang_tidy} --load={plugin}"),
    ("%dump", f"{preload} {config.build_dir}/bin/borrow-dump"),
    ("%clangd", clangd),
    ("%plugin_dir", plugin_dir),
    ("%plugin", plugin),
    ("%mock_dir", mock),
    ("%mock", f"-nostdinc++ -isystem {mock}"),
    ("%report", f"{config.python} {config.source_dir}/tools/borrow-report/borrow-report"),
    ("%path", config.environment["PATH"]),
    ("%sarif_schema", sarif_schema),
    ("%root", config.source_dir),
    ("%build", config.build_dir),
    ("%python", config.python),
    ("%cmake", config.cmake),
    ("%cpack", os.path.join(os.path.dirname(config.cmake), "cpack")),
    ("%llvm_version", config.llvm_version),
]

if os.path.exists(clangd):
    config.available_features.add("borrow-clangd")
for program, feature in (("nvim", "neovim"), ("pre-commit",) * 2, ("git",) * 2, ("dpkg",) * 2):
    if shutil.which(program):
        config.available_features.add(feature)
if shutil.which("bazel") and os.path.isdir("/usr/share/bazel/rules/java"):
    config.available_features.add("bazel")
if os.path.exists(sarif_schema):
    config.available_features.add("sarif-schema")

# Hosts of every age: %clang_tidy_16 where the feature clang-tidy-16 is there.
for version in ("14", "16", "19", "22"):
    host = shutil.which(f"clang-tidy-{version}")
    if host:
        config.available_features.add(f"clang-tidy-{version}")
        config.substitutions.append((f"%clang_tidy_{version}", f"{preload} {host}"))
for version in config.built_versions:
    config.available_features.add(f"built-{version}")
