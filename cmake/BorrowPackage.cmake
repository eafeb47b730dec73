# What is installed beside the plugin, and the Debian packages: borrow-tidy for
# the primary LLVM, borrow-tidy-<version> for what another one needs.

# borrow_component(<version> <out>): the component of what belongs to an LLVM.
function(borrow_component version out)
  list(GET BORROW_LLVM_VERSIONS 0 primary)
  if(version EQUAL primary)
    set(${out} borrow-tidy PARENT_SCOPE)
  else()
    set(${out} borrow-tidy-${version} PARENT_SCOPE)
  endif()
endfunction()

# The scripts, the pages and what find_package(BorrowTidy) reads.
macro(borrow_install_files)
  include(CMakePackageConfigHelpers)
  set(share ${CMAKE_INSTALL_DATADIR}/borrow-tidy)
  list(TRANSFORM BORROW_BUILT_VERSIONS PREPEND clang-tidy- OUTPUT_VARIABLE BORROW_HOSTS)
  # The build has them in the same place as an installed tree, so that either will do.
  set(config ${CMAKE_INSTALL_LIBDIR}/cmake/BorrowTidy)
  configure_package_config_file(cmake/BorrowTidyConfig.cmake.in ${config}/BorrowTidyConfig.cmake
    INSTALL_DESTINATION ${config} PATH_VARS CMAKE_INSTALL_LIBDIR)
  write_basic_package_version_file(${config}/BorrowTidyConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)

  file(CREATE_LINK ../share/borrow-tidy/borrow-report ${PROJECT_BINARY_DIR}/borrow-report SYMBOLIC)
  set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME borrow-tidy)
  install(DIRECTORY ${PROJECT_BINARY_DIR}/${config}/ DESTINATION ${config})
  install(DIRECTORY bazel/ DESTINATION ${CMAKE_INSTALL_LIBDIR}/borrow-tidy)
  install(PROGRAMS tools/lint.py DESTINATION ${CMAKE_INSTALL_BINDIR} RENAME borrow-lint)
  install(PROGRAMS tools/borrow-report/borrow-report DESTINATION ${share})
  file(GLOB modules tools/borrow-report/*.py)
  install(FILES ${modules} checks/Checks.def DESTINATION ${share})
  install(FILES ${PROJECT_BINARY_DIR}/borrow-report DESTINATION ${CMAKE_INSTALL_BINDIR})
  # As in the source tree, so that the links between the pages hold.
  set(pages ${CMAKE_INSTALL_DATADIR}/doc/borrow-tidy)
  install(DIRECTORY docs DESTINATION ${pages} PATTERN man EXCLUDE)
  install(DIRECTORY examples/ci DESTINATION ${pages}/examples)
  install(FILES README.md CONTRIBUTING.md LICENSE CHANGELOG.md DESTINATION ${pages})
  install(DIRECTORY docs/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endmacro()

# borrow_exact(<out> <package> …): Debian's way to say that just the installed
# version of each package will do; a package that is not there is left out.
function(borrow_exact out)
  set(result)
  foreach(package IN LISTS ARGN)
    execute_process(COMMAND dpkg-query -W -f "\${Version}" ${package}
                    OUTPUT_VARIABLE installed ERROR_QUIET RESULT_VARIABLE status)
    if(status EQUAL 0 AND installed)
      list(APPEND result "${package} (= ${installed})")
    endif()
  endforeach()
  list(JOIN result ", " result)
  set(${out} "${result}" PARENT_SCOPE)
endfunction()

# `cpack -G DEB` makes the packages. Nothing but the patch version that the
# checks were built for has the same classes in memory.
macro(borrow_package)
  set(CPACK_GENERATOR DEB)
  set(CPACK_PACKAGE_CONTACT "Borrow Tidy <borrow-tidy@example.org>")
  set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Rust's borrow discipline for C++, in clang-tidy")
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
  set(CPACK_DEB_COMPONENT_INSTALL ON)
  set(CPACK_COMPONENTS_GROUPING IGNORE)
  set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
  set(CPACK_DEBIAN_PACKAGE_SECTION devel)
  set(CPACK_STRIP_FILES ON)
  set(CPACK_COMPONENTS_ALL)
  foreach(version IN LISTS BORROW_BUILT_VERSIONS)
    borrow_component(${version} component)
    string(TOUPPER ${component} key)
    list(APPEND CPACK_COMPONENTS_ALL ${component})
    borrow_exact(exact clang-tidy-${version} libclang-cpp${version} libllvm${version}
                 libclang-common-${version}-dev)
    set(CPACK_DEBIAN_${key}_PACKAGE_NAME ${component})
    set(CPACK_DEBIAN_${key}_PACKAGE_DEPENDS "${exact}")
    if(component STREQUAL "borrow-tidy")
      string(APPEND CPACK_DEBIAN_${key}_PACKAGE_DEPENDS ", libc6, libstdc++6, python3, python3-yaml")
    else()
      string(APPEND CPACK_DEBIAN_${key}_PACKAGE_DEPENDS ", borrow-tidy (= ${PROJECT_VERSION})")
    endif()
  endforeach()
  include(CPack)
endmacro()
