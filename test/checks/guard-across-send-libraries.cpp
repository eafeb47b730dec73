// RUN: %lint borrow-guard-across-send

// Guards and channels of Boost, Abseil, Folly, TBB, moodycamel, Qt, asio,
// rusty.

#include <QtCore/QMutex>
#include <absl/synchronization/mutex.h>
#include <asio.hpp>
#include <asio/experimental/channel.hpp>
#include <boost/fiber/buffered_channel.hpp>
#include <boost/thread/mutex.hpp>
#include <boost/thread/sync_bounded_queue.hpp>
#include <folly/MPMCQueue.h>
#include <folly/Synchronized.h>
#include <moodycamel/blockingconcurrentqueue.h>
#include <mutex>
#include <rusty/rusty.hpp>
#include <tbb/concurrent_queue.h>

int Count;
std::mutex M;

// Boost.

void bad_boost_lock_guard(boost::mutex &B,
                          boost::fibers::buffered_channel<int> &Q) {
  boost::lock_guard<boost::mutex> L(B);
  // expected-note@-1 {{locked here}}
  // expected-note@-2 {{kept by 'L'}}
  Q.push(++Count);  // expected-warning {{sending on 'Q' while 'B' is held}}
}

void ok_boost_lock_guard(boost::mutex &B,
                         boost::fibers::buffered_channel<int> &Q) {
  {
    boost::lock_guard<boost::mutex> L(B);
  }
  Q.push(1);
}

void bad_boost_scoped_lock(boost::mutex &B, boost::sync_bounded_queue<int> &Q) {
  boost::mutex::scoped_lock L(B);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Count = Q.pull();  // expected-warning {{receiving from 'Q' while 'B' is held}}
}

void ok_boost_scoped_lock(boost::mutex &B, boost::sync_bounded_queue<int> &Q) {
  boost::mutex::scoped_lock L(B);
  L.unlock();
  Count = Q.pull();
}

void ok_boost_try(boost::mutex &B, boost::sync_bounded_queue<int> &Q,
                  boost::fibers::buffered_channel<int> &C) {
  boost::mutex::scoped_lock L(B);
  Q.try_push_back(1);
  C.try_push(1);
}

void bad_boost_fiber_pop(boost::mutex &B,
                         boost::fibers::buffered_channel<int> &Q) {
  boost::unique_lock<boost::mutex> L(B);
  // expected-note@-1 {{locked here}}
  // expected-note@-2 {{kept by 'L'}}
  Count = Q.value_pop();  // expected-warning {{receiving from 'Q' while 'B' is held}}
}

// An unbounded queue never waits for room, only for items.
void ok_boost_unbounded(boost::mutex &B, boost::sync_queue<int> &Q) {
  boost::lock_guard<boost::mutex> L(B);
  Q.push(1);
}

void bad_boost_unbounded_pull(boost::mutex &B, boost::sync_queue<int> &Q) {
  boost::lock_guard<boost::mutex> L(B);
  // expected-note@-1 {{locked here}}
  // expected-note@-2 {{kept by 'L'}}
  Count = Q.pull();  // expected-warning {{receiving from 'Q' while 'B' is held}}
}

// Abseil.

void bad_absl(absl::Mutex &A, tbb::concurrent_bounded_queue<int> &Q) {
  absl::MutexLock L(&A);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Q.push(++Count);  // expected-warning {{sending on 'Q' while 'A' is held}}
}

void ok_absl(absl::Mutex &A, tbb::concurrent_bounded_queue<int> &Q) {
  {
    absl::MutexLock L(&A);
  }
  Q.push(1);
}

void bad_absl_reader(absl::Mutex &A, tbb::concurrent_bounded_queue<int> &Q) {
  absl::ReaderMutexLock L(&A);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Q.pop(Count);  // expected-warning {{receiving from 'Q' while 'A' is held}}
}

void bad_absl_releasable(absl::Mutex &A,
                         tbb::concurrent_bounded_queue<int> &Q) {
  absl::ReleasableMutexLock L(&A);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Q.push(++Count);  // expected-warning {{sending on 'Q' while 'A' is held}}
}

void ok_absl_releasable(absl::Mutex &A, tbb::concurrent_bounded_queue<int> &Q) {
  absl::ReleasableMutexLock L(&A);
  L.Release();
  Q.push(1);
}

void bad_absl_manual(absl::Mutex &A, tbb::concurrent_bounded_queue<int> &Q) {
  A.Lock();  // expected-note {{locked here}}
  Q.push(++Count);  // expected-warning {{sending on 'Q' while 'A' is held}}
  A.Unlock();
}

void ok_absl_manual(absl::Mutex &A, tbb::concurrent_bounded_queue<int> &Q) {
  A.Lock();
  A.Unlock();
  Q.push(1);
}

void ok_absl_wait(absl::Mutex &A, absl::CondVar &V) {
  absl::MutexLock L(&A);
  while (Count == 0)
    V.Wait(&A);
}

// Folly.

void bad_folly_wlock(folly::Synchronized<int> &S, folly::MPMCQueue<int> &Q) {
  auto G = S.wlock();  // expected-note {{locked here}} expected-note {{kept by 'G'}}
  Q.blockingWrite(*G);  // expected-warning {{sending on 'Q' while 'S' is held}}
}

void ok_folly_wlock(folly::Synchronized<int> &S, folly::MPMCQueue<int> &Q) {
  int V = *S.wlock();
  Q.blockingWrite(V);
}

void ok_folly_unlock(folly::Synchronized<int> &S, folly::MPMCQueue<int> &Q) {
  auto G = S.wlock();
  G.unlock();
  Q.blockingWrite(1);
}

void bad_folly_with_lock(folly::Synchronized<int> &S,
                         folly::MPMCQueue<int> &Q) {
  S.withWLock([&Q](int &V) { Q.blockingRead(V); });
  // expected-warning@-1 {{this call receives from 'Q' while 'S' is held}}
  // expected-note@-2 {{locked here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
  // expected-note@-4 {{waits here, inside the callee}}
}

void ok_folly_write(folly::Synchronized<int> &S, folly::MPMCQueue<int> &Q) {
  auto G = S.rlock();
  Q.write(*G);
}

// TBB and moodycamel.

void ok_tbb_unbounded(tbb::concurrent_queue<int> &Q) {
  std::lock_guard<std::mutex> L(M);
  Q.push(++Count);
  Q.try_pop(Count);
}

void ok_tbb_try(tbb::concurrent_bounded_queue<int> &Q) {
  std::lock_guard<std::mutex> L(M);
  Q.try_push(++Count);
}

void bad_moodycamel(moodycamel::BlockingConcurrentQueue<int> &Q) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Q.wait_dequeue(Count);  // expected-warning {{receiving from 'Q' while 'M' is held}}
}

void ok_moodycamel(moodycamel::BlockingConcurrentQueue<int> &Q) {
  std::lock_guard<std::mutex> L(M);
  Q.enqueue(++Count);
  Q.try_dequeue(Count);
}

// Qt.

void bad_qt(QMutex &Mu, tbb::concurrent_bounded_queue<int> &Q) {
  QMutexLocker L(&Mu);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Q.push(++Count);  // expected-warning {{sending on 'Q' while 'Mu' is held}}
}

void ok_qt(QMutex &Mu, tbb::concurrent_bounded_queue<int> &Q) {
  QMutexLocker L(&Mu);
  L.unlock();
  Q.push(1);
}

void bad_qt_relocked(QReadWriteLock &Mu,
                     tbb::concurrent_bounded_queue<int> &Q) {
  QReadLocker L(&Mu);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  L.unlock();
  L.relock();
  Q.push(1);  // expected-warning {{sending on 'Q' while 'Mu' is held}}
}

// asio only queues the work.

void ok_asio(asio::io_context &Io,
             asio::experimental::channel<void(asio::error_code, int)> &C) {
  std::lock_guard<std::mutex> L(M);
  asio::post(Io, [] { ++Count; });
  C.try_send(asio::error_code(), 1);
  C.async_send(asio::error_code(), 1, [](asio::error_code) {});
}

// rusty.

void bad_rusty(rusty::Mutex<int> &Mu, rusty::sync::mpsc::Receiver<int> &Rx) {
  auto G = Mu.lock().unwrap();  // expected-note {{locked here}} expected-note {{kept by 'G'}}
  *G = Rx.recv().unwrap();  // expected-warning {{receiving from 'Rx' while 'Mu' is held}}
}

void ok_rusty(rusty::Mutex<int> &Mu, rusty::sync::mpsc::Receiver<int> &Rx) {
  int V = Rx.recv().unwrap();
  auto G = Mu.lock().unwrap();
  *G = V;
}

void bad_rusty_cell(const rusty::RefCell<int> &C,
                    rusty::sync::mpsc::Receiver<int> &Rx) {
  auto G = C.borrow_mut();  // expected-note {{borrowed here}} expected-note {{kept by 'G'}}
  *G = Rx.recv().unwrap();  // expected-warning {{receiving from 'Rx' while 'C' is borrowed}}
}

// Workers that share one receiver, as in chapter 21.2 of the Rust book: who
// waits for the lock wants the channel behind it.

using SharedReceiver = rusty::Mutex<rusty::sync::mpsc::Receiver<int>>;

void ok_shared_receiver(SharedReceiver &Rx) {
  while (true) {
    auto V = Rx.lock().unwrap()->recv();
    if (V.is_err())
      break;
    Count += V.unwrap();
  }
}

void ok_shared_receiver_named(SharedReceiver &Rx) {
  auto G = Rx.lock().unwrap();
  Count += G->recv().unwrap();
}

void bad_other_lock(SharedReceiver &Rx, std::mutex &Mu) {
  std::lock_guard<std::mutex> L(Mu);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Count += Rx.lock().unwrap()->recv().unwrap();
  // expected-warning@-1 {{receiving from a channel while 'Mu' is held}}
}

void bad_other_channel(SharedReceiver &Rx,
                       rusty::sync::mpsc::Receiver<int> &Other) {
  auto G = Rx.lock().unwrap();  // expected-note {{locked here}} expected-note {{kept by 'G'}}
  Count += Other.recv().unwrap();  // expected-warning {{receiving from 'Other' while 'Rx' is held}}
}
