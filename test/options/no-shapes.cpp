// RUN: %lint borrow-overlapping-borrow --config="{CheckOptions: {BorrowRecogniseShapes: false}}"

#include <cell.h>

// Only named and annotated types count.
void ok_shape_is_off(app::RefCell<int> &C) {
  auto A = C.borrow_mut();
  auto B = C.borrow_mut();
}
