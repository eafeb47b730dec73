# borrow_read_checks(<Checks.def> <out>): sets <out> to the sources of the
# checks, one for each row
#   BORROW_CHECK(OverlappingBorrowCheck, "borrow-overlapping-borrow", Default, "…")
# The row is the only place that names a check to the build.
function(borrow_read_checks file out)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  get_filename_component(folder ${file} DIRECTORY)
  file(STRINGS ${file} rows REGEX "^BORROW_CHECK\\([A-Za-z]+Check,")
  set(sources)
  foreach(row IN LISTS rows)
    string(REGEX REPLACE "^BORROW_CHECK\\(([A-Za-z]+).*" "\\1" class "${row}")
    list(APPEND sources ${folder}/${class}.cpp)
  endforeach()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()
