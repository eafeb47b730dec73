# Finds an LLVM by its major version, and says how code is built against it.

# borrow_locate_llvm(<version> <out>): sets the cache variable
# BORROW_LLVM_<version>_DIR to the folder of LLVMConfig.cmake and <out> to
# whether it was found. Only the primary version, the first of
# BORROW_LLVM_VERSIONS, has to be there.
function(borrow_locate_llvm version out)
  find_path(BORROW_LLVM_${version}_DIR LLVMConfig.cmake
    PATHS /usr/lib/llvm-${version}
          /usr/lib64/llvm${version}
          /usr/local/opt/llvm@${version}
          /opt/homebrew/opt/llvm@${version}
    PATH_SUFFIXES lib/cmake/llvm
    NO_DEFAULT_PATH
    DOC "Folder of LLVMConfig.cmake of LLVM ${version}")
  if(BORROW_LLVM_${version}_DIR)
    set(${out} TRUE PARENT_SCOPE)
    return()
  endif()
  set(${out} FALSE PARENT_SCOPE)
  list(GET BORROW_LLVM_VERSIONS 0 primary)
  if(version EQUAL primary)
    message(FATAL_ERROR "LLVM ${version} not found; set BORROW_LLVM_${version}_DIR "
                        "to the folder of its LLVMConfig.cmake")
  endif()
  message(STATUS "LLVM ${version} not found: skipped")
endfunction()

# borrow_add_llvm_target(<version>): makes the interface target
# borrow-llvm-<version> with the include directories, definitions, RTTI and
# exception flags that this LLVM was built with. It links nothing: a plugin
# takes LLVM's symbols from its host.
macro(borrow_add_llvm_target version)
  foreach(package IN ITEMS LLVM Clang)
    string(TOLOWER ${package} folder)
    unset(${package}_DIR CACHE)
    find_package(${package} REQUIRED CONFIG NO_DEFAULT_PATH
                 PATHS ${BORROW_LLVM_${version}_DIR}/../${folder})
    # A cached result would be taken for that of the next version.
    unset(${package}_DIR CACHE)
  endforeach()
  if(NOT LLVM_VERSION_MAJOR EQUAL ${version})
    message(FATAL_ERROR "${LLVM_DIR} is LLVM ${LLVM_PACKAGE_VERSION}, not ${version}")
  endif()

  add_library(borrow-llvm-${version} INTERFACE)
  separate_arguments(borrow_definitions UNIX_COMMAND "${LLVM_DEFINITIONS}")
  target_compile_definitions(borrow-llvm-${version} INTERFACE ${borrow_definitions})
  target_include_directories(borrow-llvm-${version} SYSTEM INTERFACE
                             ${LLVM_INCLUDE_DIRS} ${CLANG_INCLUDE_DIRS})
  target_compile_options(borrow-llvm-${version} INTERFACE
    $<$<NOT:$<BOOL:${LLVM_ENABLE_RTTI}>>:-fno-rtti>
    $<$<NOT:$<BOOL:${LLVM_ENABLE_EH}>>:-fno-exceptions>)
  if(BORROW_SANITIZE)
    # The run-time library is shared because the host that loads the plugin is
    # not instrumented and gets the same one by LD_PRELOAD.
    set(sanitize -fsanitize=address,undefined -fno-sanitize-recover=undefined)
    target_compile_options(borrow-llvm-${version} INTERFACE ${sanitize} -fno-omit-frame-pointer)
    execute_process(
      COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=libclang_rt.asan-${CMAKE_SYSTEM_PROCESSOR}.so
      OUTPUT_VARIABLE runtime OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    cmake_path(GET runtime PARENT_PATH runtime)
    target_link_options(borrow-llvm-${version} INTERFACE
                        ${sanitize} -shared-libasan -Wl,-rpath,${runtime})
  endif()
endmacro()
