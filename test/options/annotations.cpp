// RUN: %lint borrow-overlapping-borrow

// Roles that a project gives to its own types and methods.

struct [[clang::annotate("borrow::guard")]] View {
  View(View &&);
  ~View();
};

struct [[clang::annotate("borrow::cell")]] Sheet {
  [[clang::annotate("borrow::shared")]] View read();
  [[clang::annotate("borrow::mut")]] View edit();
  View peek();
};

void bad_edit_while_read(Sheet &S) {
  View R = S.read();  // expected-note {{first taken here}} expected-note {{kept by 'R'}}
  View E = S.edit();  // expected-warning {{mutable borrow of 'S' while it is already borrowed}}
}

void ok_two_readers(Sheet &S) {
  View A = S.read();
  View B = S.read();
}

void ok_not_annotated(Sheet &S) {
  View A = S.peek();
  View B = S.edit();
}

struct [[clang::annotate("borrow::sheet")]] WrongType {};
// expected-warning@-1 {{unknown role in the borrow:: annotation of 'WrongType'; expected one of: none, atomic, callable, cell, channel, condvar, executor, future, guard, joining_thread, latch, locked, mutex, optional, promise, receiver, recursive_mutex, reference, sender, shared_guard, strong, task_group, thread, detaching_thread, thread_id, unique, view, weak}}

struct WrongCall {
  [[clang::annotate("borrow::writes")]] View edit();
  // expected-warning@-1 {{unknown role in the borrow:: annotation of 'edit'; expected one of: none, abandon, bind, can_borrow, clear, clone, concurrent, condvar_wait, consume, detach, differs, disown, downgrade, forward, get, init_lock, insert, invoke, invoke_once, is_absent, is_expired, is_present, join, lock, lock_once, lock_shared, mut, new_owner, own, panic, post, channel_recv, release, run, channel_send, share_this, shared, sleep, spawn, timed_wait, touch_mut, touch_shared, try_lock, try_lock_shared, try_mut, channel_try_recv, try_shared, try_wait, unlock, unlock_once, unwrap, upgrade, wait, with_mut, with_shared}}
};

void uses(WrongType T, WrongCall C) { View V = C.edit(); }
