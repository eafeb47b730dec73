// RUN: %lint borrow-overlapping-borrow --config="{CheckOptions: {BorrowTypes: 'lib::Access=guard; lib::Store=cell', BorrowCalls: 'lib::Store::open=mut; lib::Store::view=shared'}}"

// Types that can't be annotated get their roles by name.

namespace lib {
struct Access {
  Access(Access &&);
  ~Access();
};
struct Store {
  Access open();
  Access view();
};
} // namespace lib

void bad_opened_twice(lib::Store &S) {
  lib::Access A = S.open();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  lib::Access B = S.open();
  // expected-warning@-1 {{mutable borrow of 'S' while it is already mutably borrowed}}
}

void ok_viewed_twice(lib::Store &S) {
  lib::Access A = S.view();
  lib::Access B = S.view();
}
