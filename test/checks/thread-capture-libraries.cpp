// RUN: %lint borrow-thread-capture

// Spawning functions of Boost, asio, Qt, TBB, rusty, POSIX.

#include <QtConcurrent/QtConcurrentRun>
#include <QtCore/QObject>
#include <QtCore/QThread>
#include <asio.hpp>
#include <boost/thread/thread.hpp>
#include <memory>
#include <pthread.h>
#include <rusty/rusty.hpp>
#include <tbb/task_group.h>

void useRef(int &);

// Boost.

void bad_boost() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  boost::thread T([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  T.detach();
}

void ok_boost() {
  int X = 0;
  boost::thread T([&X] { ++X; });
  T.join();
}

void ok_boost_scoped() {
  int X = 0;
  boost::scoped_thread T([&X] { ++X; });
}

void bad_boost_group(boost::thread_group &G) {  // expected-note {{the thread is kept by 'G'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  G.create_thread([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_boost_group(boost::thread_group &G) {
  int X = 0;
  G.create_thread([&X] { ++X; });
  G.join_all();
}

// asio.

void bad_asio_post(asio::io_context &Io) {  // expected-note {{the thread is kept by 'Io'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  asio::post(Io, [&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_asio_post(asio::io_context &Io) {
  int X = 0;
  asio::post(Io, [X] { (void)X; });
}

void ok_asio_run() {
  asio::io_context Io;
  int X = 0;
  asio::post(Io, [&X] { ++X; });
  Io.run();
}

void ok_asio_context_after_data() {
  int X = 0;
  asio::io_context Io;
  asio::post(Io, [&X] { ++X; });
}

void bad_asio_dispatch(asio::thread_pool &Pool) {  // expected-note {{the thread is kept by 'Pool'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  asio::dispatch(Pool, [&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void bad_asio_defer(asio::thread_pool &Pool) {  // expected-note {{the thread is kept by 'Pool'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  asio::defer(Pool.get_executor(), [&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_asio_pool_joined() {
  asio::thread_pool Pool(2);
  int X = 0;
  asio::post(Pool, [&X] { ++X; });
  Pool.join();
}

void bad_asio_timer(asio::steady_timer &Timer) {  // expected-note {{the thread is kept by 'Timer'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  Timer.async_wait([&X](asio::error_code) { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_asio_timer(asio::steady_timer &Timer) {
  auto X = std::make_shared<int>(0);
  Timer.async_wait([X](asio::error_code) { ++*X; });
}

// Qt.

void bad_qt_concurrent() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  QtConcurrent::run([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_qt_concurrent() {
  int X = 0;
  auto F = QtConcurrent::run([&X] { ++X; });
  F.waitForFinished();
}

void bad_qt_connect(QTimer *Timer) {  // expected-note {{the thread is kept by 'Timer'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  QObject::connect(Timer, &QTimer::timeout, [&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_qt_connect(QTimer *Timer) {
  int X = 0;
  QObject::connect(Timer, &QTimer::timeout, [X] { (void)X; });
}

struct Window : QObject {
  int Ticks = 0;
  // The context disconnects the slot when the window goes.
  void ok_context(QTimer *Timer) {
    QObject::connect(Timer, &QTimer::timeout, this, [this] { ++Ticks; });
  }
};

void bad_qt_single_shot() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  QTimer::singleShot(100, [&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void bad_qt_pool() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  QThreadPool::globalInstance()->start([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_qt_pool() {
  int X = 0;
  QThreadPool::globalInstance()->start([&X] { ++X; });
  QThreadPool::globalInstance()->waitForDone();
}

// TBB.

void bad_tbb(tbb::task_group &G) {  // expected-note {{the thread is kept by 'G'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  G.run([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_tbb(tbb::task_group &G) {
  int X = 0;
  G.run([&X] { ++X; });
  G.wait();
}

// rusty: a JoinHandle that goes out of scope lets its thread go.

void bad_rusty() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  auto H = rusty::thread::spawn([&X] { return ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_rusty() {
  int X = 0;
  auto H = rusty::thread::spawn([&X] { return ++X; });
  H.join();
}

void ok_rusty_scope() {
  int X = 0;
  rusty::thread::scope(
      [&X](rusty::thread::Scope &S) { S.spawn([&X] { ++X; }); });
}

// POSIX.

void *run(void *);

void bad_pthread() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  pthread_t T;
  pthread_create(&T, nullptr, run, &X);
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  pthread_detach(T);
}

// There is no thread if the call fails.

bool ok_pthread_fails(int Port) {
  pthread_t T;
  if (pthread_create(&T, nullptr, run, &Port) != 0)
    return false;
  return pthread_join(T, nullptr) == 0;
}

bool ok_pthread_error(int Port) {
  pthread_t T;
  int Error = pthread_create(&T, nullptr, run, &Port);
  if (Error)
    return false;
  pthread_join(T, nullptr);
  return true;
}

bool bad_pthread_returns(int Port) {  // expected-note {{'Port' ends with its scope}}
  pthread_t T;  // expected-note {{the thread is kept by 'T'}}
  if (pthread_create(&T, nullptr, run, &Port) != 0)
  // expected-warning@-1 {{this thread may outlive 'Port', which its closure refers to}}
    return false;
  if (Port == 0)
    return false;
  return pthread_join(T, nullptr) == 0;
}

void ok_pthread() {
  int X = 0;
  pthread_t T;
  pthread_create(&T, nullptr, run, &X);
  pthread_join(T, nullptr);
}

void ok_pthread_heap() {
  pthread_t T;
  pthread_create(&T, nullptr, run, new int(0));
  pthread_detach(T);
}

// An executor behind an interface.

class [[clang::annotate("borrow::executor")]] Worker {
public:
  virtual ~Worker();
  virtual void add(std::function<void()> Task) = 0;
};

void bad_interface(Worker &W) {  // expected-note {{the thread is kept by 'W'}}
  int Local = 0;  // expected-note {{'Local' ends with its scope}}
  W.add([&Local] { ++Local; });
  // expected-warning@-1 {{this thread may outlive 'Local', which its closure refers to}}
}

void ok_interface(Worker &W) {
  int Local = 0;
  W.add([Local]() mutable { ++Local; });
}
