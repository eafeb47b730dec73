// RUN: %lint borrow-unjoined-thread

// A thread is joined or detached once, on every path.

#include <algorithm>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void work();
bool ready();
int count();
void use(std::thread &);
void take(std::thread);

// The end of the scope.

void bad_never_joined() {
  std::thread T(work);  // expected-warning {{the thread of 'T' is never joined or detached}}
}

void ok_joined() {
  std::thread T(work);
  T.join();
}

void bad_early_return(bool Stop) {
  std::thread T(work);  // expected-note {{started here}}
  if (Stop)
    return;
    // expected-warning@-1 {{the thread of 'T' may still run where its handle is dropped here}}
  T.join();
}

void ok_early_return(bool Stop) {
  std::thread T(work);
  if (Stop) {
    T.join();
    return;
  }
  T.join();
}

void bad_branch(bool Wait) {
  std::thread T(work);
  // expected-warning@-1 {{the thread of 'T' is not joined on every path to the end of its scope}}
  if (Wait)
    T.join();
}

void ok_branch(bool Wait) {
  std::thread T(work);
  if (Wait)
    T.join();
  else
    T.detach();
}

void bad_loop() {
  while (ready()) {
    std::thread T(work);  // expected-note {{started here}}
    if (count() > 1)
      continue;
      // expected-warning@-1 {{the thread of 'T' may still run where its handle is dropped here}}
    T.join();
  }
}

void ok_loop() {
  while (ready()) {
    std::thread T(work);
    if (count() > 1) {
      T.detach();
      continue;
    }
    T.join();
  }
}

void bad_temporary() {
  std::thread{work};  // expected-warning {{the handle of this thread is dropped at once}}
}

void ok_temporary() {
  std::thread{work}.join();
}

std::thread start() { return std::thread(work); }

void bad_made_by_callee() {
  auto T = start();  // expected-warning {{the thread of 'T' is never joined or detached}}
}

void ok_made_by_callee() {
  auto T = start();
  T.join();
}

template <typename Fn> void bad_template(Fn F) {
  std::thread T(F);  // expected-warning {{the thread of 'T' is never joined or detached}}
}

template <typename Fn> void ok_template(Fn F) {
  std::thread T(F);
  T.join();
}

void instantiate() {
  bad_template([] { work(); });
  ok_template([] { work(); });
}

#define START(Name) std::thread Name(work)

void bad_macro() {
  START(T);  // expected-warning {{the thread of 'T' is never joined or detached}}
}

void ok_macro() {
  START(T);
  T.join();
}

auto bad_lambda = [] {
  std::thread T(work);  // expected-warning {{the thread of 'T' is never joined or detached}}
};

auto ok_lambda = [] {
  std::thread T(work);
  T.join();
};

void bad_shadowed() {
  std::thread T(work);
  {
    std::thread T(work);  // expected-warning {{the thread of 'T' is never joined or detached}}
  }
  T.join();
}

void ok_shadowed() {
  std::thread T(work);
  {
    std::thread T(work);
    T.join();
  }
  T.join();
}

// Containers and assignment.

void bad_container() {
  std::vector<std::thread> All;
  for (int I = 0; I < 3; ++I)
    All.emplace_back(work);  // expected-note {{started here}}
  if (ready())
    return;
    // expected-warning@-1 {{the thread of 'All' may still run where its handle is dropped here}}
  for (std::thread &T : All)
    T.join();
}

void ok_container() {
  std::vector<std::thread> All;
  for (int I = 0; I < 3; ++I)
    All.emplace_back(work);
  for (std::thread &T : All)
    T.join();
}

void bad_pushed() {
  std::vector<std::thread> All;
  All.push_back(std::thread(work));
  // expected-warning@-1 {{the thread of 'All' is never joined or detached}}
}

void ok_pushed() {
  std::vector<std::thread> All;
  All.push_back(std::thread(work));
  All[0].join();
}

void bad_cleared() {
  std::vector<std::thread> All;
  All.emplace_back(work);  // expected-note {{started here}}
  All.clear();
  // expected-warning@-1 {{the thread of 'All' may still run where its handle is dropped here}}
}

void ok_cleared() {
  std::vector<std::thread> All;
  All.emplace_back(work);
  for (std::thread &T : All)
    T.join();
  All.clear();
}

void bad_assigned() {
  std::thread T(work);  // expected-note {{started here}}
  T = std::thread(work);
  // expected-warning@-1 {{the thread of 'T' may still run where its handle is dropped here}}
  T.join();
}

void ok_assigned() {
  std::thread T(work);
  T.join();
  T = std::thread(work);
  T.join();
}

void ok_elements() {
  std::thread All[2];
  for (int I = 0; I < 2; ++I)
    All[I] = std::thread(work);
  for (std::thread &T : All)
    T.join();
}

void ok_iterators() {
  std::vector<std::thread> All;
  std::thread First(work);
  All.push_back(std::move(First));
  for (auto It = All.begin(); It != All.end(); ++It)
    It->join();
}

void ok_algorithm() {
  std::vector<std::thread> All;
  All.emplace_back(work);
  std::for_each(All.begin(), All.end(), [](std::thread &T) { T.join(); });
}

void ok_optional() {
  std::optional<std::thread> T;
  T.emplace(work);
  if (T)
    T->join();
}

// Others who join.

struct Joiner {
  std::thread &T;
  explicit Joiner(std::thread &T) : T(T) {}
  ~Joiner() {
    if (T.joinable())
      T.join();
  }
};

struct Aggregate {
  std::thread &T;
  ~Aggregate() { T.join(); }
};

struct Owner {
  std::thread T;
  explicit Owner(std::thread T) : T(std::move(T)) {}
  ~Owner() { T.join(); }
};

template <typename Fn> struct Finally {
  Fn F;
  ~Finally() { F(); }
};

void ok_guard() {
  std::thread T(work);
  Joiner J(T);
}

void ok_aggregate_guard() {
  std::thread T(work);
  Aggregate A{T};
}

void ok_owner() {
  std::thread T(work);
  Owner O(std::move(T));
}

void ok_finally() {
  std::thread T(work);
  Finally F{[&] { T.join(); }};
}

void ok_given_away() {
  std::thread T(work);
  take(std::move(T));
}

void ok_passed_on() {
  std::thread T(work);
  use(T);
}

void ok_moved() {
  std::thread T(work);
  std::thread U = std::move(T);
  U.join();
}

std::thread ok_returned() {
  std::thread T(work);
  return T;
}

void ok_pointers() {
  std::thread A(work), B(work);
  std::thread *All[] = {&A, &B};
  for (std::thread *T : All)
    T->join();
}

void ok_joins_itself() {
  std::jthread T(work);
}

// Conditions.

void ok_same_condition() {
  std::thread T;
  if (count() > 1)
    T = std::thread(work);
  if (count() > 1)
    T.join();
}

void ok_joinable() {
  std::thread T;
  if (ready())
    T = std::thread(work);
  if (T.joinable())
    T.join();
}

void ok_exception() {
  std::thread T(work);
  try {
    if (ready())
      throw std::runtime_error("stop");
    T.join();
  } catch (...) {
    T.join();
    throw;
  }
}

void bad_throw() {
  std::thread T(work);  // expected-note {{started here}}
  if (ready())
    throw std::runtime_error("stop");
    // expected-warning@-1 {{the thread of 'T' may still run where its handle is dropped here}}
  T.join();
}

void ok_throw() {
  std::thread T(work);
  if (ready()) {
    T.join();
    throw std::runtime_error("stop");
  }
  T.join();
}

// Twice.

void bad_twice() {
  std::thread T(work);
  T.join();  // expected-note {{here}}
  T.join();  // expected-warning {{'T' may have been joined or detached already}}
}

void bad_after_detach(bool Quiet) {
  std::thread T(work);
  if (Quiet)
    T.detach();  // expected-note {{here}}
  T.join();  // expected-warning {{'T' may have been joined or detached already}}
}

void ok_after_test() {
  std::thread T(work);
  T.join();
  if (T.joinable())
    T.join();
}

class Game {
public:
  ~Game() { stop(); }

  void start() {
    if (!Physics.joinable())
      Physics = std::thread([this] { ++Steps; });
  }

  void stop() {
    if (Physics.joinable())
      Physics.join();
    Audio.join();
  }

  void stopOnce() {
    if (Running) {
      Running = false;
      Audio.join();
    }
  }

  void bad_stops_twice() {
    stop();  // expected-note {{here}}
    stop();  // expected-warning {{'Audio' may have been joined or detached already}}
  }

  void ok_stops_twice() {
    stopOnce();
    stopOnce();
  }

  void ok_starts_again() {
    stop();
    start();
    Audio = std::thread(work);
    stop();
  }

private:
  int Steps = 0;
  bool Running = true;
  std::thread Physics, Audio;
};

// Futures.

void bad_future_dropped() {
  std::async(std::launch::async, work);
  // expected-warning@-1 {{the handle of this thread is dropped at once}}
}

void ok_future_kept() {
  auto Done = std::async(std::launch::async, work);
  std::async(std::launch::async, work).get();
  auto Shared = std::async(std::launch::async, work).share();
  std::vector<std::future<void>> All;
  All.push_back(std::async(std::launch::async, work));
}

// Misses.

void mayThrow();

// A call that may throw is borrow-thread-across-throw's.
void ok_unseen_exception() {
  std::thread T(work);
  mayThrow();
  T.join();
}

struct Server {
  std::thread T;
  ~Server() {}
};

// What the class does with a thread that it owns is not compared.
void fn_member() {
  Server S{std::thread(work)};
}

// Nor is it followed what becomes of a struct that is moved.
struct Job {
  std::string Name;
  std::thread Worker;
};

int fn_moved_struct(bool Stop) {
  std::vector<Job> Jobs;
  Job J{"index", std::thread(work)};
  Jobs.push_back(std::move(J));
  if (Stop)
    return 0;
  for (Job &Each : Jobs)
    Each.Worker.join();
  return 1;
}

// Exceptions of callees.

int parse(int Text) {
  if (Text < 0)
    throw std::runtime_error("negative");  // expected-note 3 {{the exception is thrown here}}
  return Text;
}

int bad_callee_throws(int Text) {
  std::thread T(work);  // expected-note {{started here}}
  int N = parse(Text);  // expected-warning {{the thread of 'T' still runs if this call throws}}
  T.join();
  return N;
}

int bad_two_callees_throw(int Text) {
  std::thread T(work);  // expected-note {{started here}}
  int N = parse(Text) + parse(Text + 1);
  // expected-warning@-1 {{the thread of 'T' still runs if this call throws}}
  T.join();
  return N;
}

// A panic says that the program is wrong: nobody goes on after it.
namespace rusty::panic {
[[noreturn]] inline void do_panic() { throw std::runtime_error("panicked"); }
} // namespace rusty::panic

int ok_panics(int *Value) {
  std::thread T(work);
  if (!Value)
    rusty::panic::do_panic();
  T.join();
  return *Value;
}

int ok_callee_throws_before(int Text) {
  int N = parse(Text);
  std::thread T(work);
  T.join();
  return N;
}

int ok_callee_throws_after(int Text) {
  std::thread T(work);
  T.join();
  return parse(Text);
}

int ok_callee_throws_joins(int Text) {
  std::jthread T(work);
  return parse(Text);
}

int ok_caught_and_joined(int Text) {
  std::thread T(work);
  int N = 0;
  try {
    N = parse(Text);
  } catch (...) {
    T.join();
    throw;
  }
  T.join();
  return N;
}

void join_or_throw(std::thread &T) {
  T.join();
  if (!ready())
    throw std::runtime_error("not ready");
}

void ok_callee_joins_and_throws() {
  std::thread T(work);
  join_or_throw(T);
}

// Handlers.

int bad_handler_returns(int Text) {
  std::thread T(work);  // expected-note {{started here}}
  int N = 0;
  try {
    N = parse(Text);
  } catch (const std::runtime_error &) {
    return -1;
    // expected-warning@-1 {{the thread of 'T' may still run where its handle is dropped here}}
  }
  T.join();
  return N;
}

int ok_handler_goes_on(int Text) {
  std::thread T(work);
  int N = 0;
  try {
    N = parse(Text);
  } catch (const std::runtime_error &) {
    N = -1;
  }
  T.join();
  return N;
}

int bad_made_in_try(int Text) {
  try {
    std::thread T(work);  // expected-note {{started here}}
    int N = parse(Text);  // expected-warning {{the thread of 'T' still runs if this call throws}}
    T.join();
    return N;
  } catch (const std::runtime_error &) {
    return -1;
  }
}

int ok_made_in_try(int Text) {
  try {
    std::jthread T(work);
    return parse(Text);
  } catch (const std::runtime_error &) {
    return -1;
  }
}

// The join itself may throw.
int ok_join_in_try() {
  std::thread T(work);
  try {
    T.join();
  } catch (const std::runtime_error &) {
    return -1;
  }
  return 0;
}

// Handles that have no name.
void ok_elements(std::vector<std::shared_ptr<std::thread>> &Workers) {
  for (auto &Worker : Workers) {
    if (ready()) {
      Worker->detach();
      continue;
    }
    Worker->join();
  }
}

void ok_elements_callee(std::vector<std::shared_ptr<std::thread>> &Workers) {
  ok_elements(Workers);
}

// A handle in an optional.

int bad_optional_reset() {
  std::optional<std::thread> Watcher;
  Watcher.emplace(work);  // expected-note {{started here}}
  int Result = count();
  Watcher.reset();
  // expected-warning@-1 {{the thread of 'Watcher' may still run where its handle is dropped here}}
  return Result;
}

int ok_optional_reset() {
  std::optional<std::thread> Watcher;
  Watcher.emplace(work);
  int Result = count();
  Watcher->join();
  Watcher.reset();
  return Result;
}

int ok_optional_if_any(bool Loud) {
  std::optional<std::thread> Watcher;
  if (Loud)
    Watcher.emplace(work);
  int Result = count();
  if (Watcher)
    Watcher->join();
  return Result;
}

// A handle behind a unique owner.

bool bad_owned_handle(bool Stop) {
  auto Worker = std::make_unique<std::thread>(work);  // expected-note {{started here}}
  if (Stop)
    return false;
    // expected-warning@-1 {{the thread of 'Worker' may still run where its handle is dropped here}}
  Worker->join();
  return true;
}

bool ok_owned_handle(bool Stop) {
  auto Worker = std::make_unique<std::thread>(work);
  if (Stop) {
    (*Worker).join();
    return false;
  }
  Worker->join();
  return true;
}

void ok_owned_handle_asked() {
  auto Worker = std::make_unique<std::thread>(work);
  count();
  if (Worker && Worker->joinable())
    Worker->join();
}

std::unique_ptr<std::thread> ok_owned_handle_returned() {
  auto Worker = std::make_unique<std::thread>(work);
  count();
  return Worker;
}

struct JoinAndDelete {
  void operator()(std::thread *T) const {
    T->join();
    delete T;
  }
};

void ok_own_deleter() {
  std::unique_ptr<std::thread, JoinAndDelete> Worker(new std::thread(work));
  count();
}

int ok_owned_handles(int N) {
  std::vector<std::unique_ptr<std::thread>> Workers;
  for (int I = 0; I < N; ++I)
    Workers.push_back(std::make_unique<std::thread>(work));
  for (auto &Worker : Workers)
    Worker->join();
  return count();
}

int bad_owned_handles(int N) {
  std::vector<std::unique_ptr<std::thread>> Workers;
  for (int I = 0; I < N; ++I)
    Workers.push_back(std::make_unique<std::thread>(work));
    // expected-warning@-1 {{the thread of 'Workers' is never joined or detached}}
  return count();
}

int fn_pointer(bool Stop) {
  std::thread *Worker = new std::thread(work);
  if (Stop) {
    delete Worker;
    return 0;
  }
  Worker->join();
  delete Worker;
  return count();
}

// The scope of a loop's body.

void bad_break(int N) {
  for (int I = 0; I < N; ++I) {
    std::thread T(work);  // expected-note {{started here}}
    if (count() < I)
      break;
      // expected-warning@-1 {{the thread of 'T' may still run where its handle is dropped here}}
    T.join();
  }
}

void bad_continue(int N) {
  for (int I = 0; I < N; ++I) {
    std::thread T(work);  // expected-note {{started here}}
    if (count() < I)
      continue;
      // expected-warning@-1 {{the thread of 'T' may still run where its handle is dropped here}}
    T.join();
  }
}

void ok_break(int N) {
  for (int I = 0; I < N; ++I) {
    std::thread T(work);
    T.join();
    if (count() < I)
      break;
  }
}

// Containers where an exception leaves.

void bad_container_thrown(int N) {
  std::vector<std::thread> Workers;
  for (int I = 0; I < N; ++I)
    Workers.emplace_back(work);  // expected-note {{started here}}
  if (N == 0)
    throw std::runtime_error("none");
    // expected-warning@-1 {{the thread of 'Workers' may still run where its handle is dropped here}}
  for (std::thread &T : Workers)
    T.join();
}

void ok_container_thrown(int N) {
  std::vector<std::thread> Workers;
  for (int I = 0; I < N; ++I)
    Workers.emplace_back(work);
  for (std::thread &T : Workers)
    T.join();
  if (N == 0)
    throw std::runtime_error("none");
}

// An exception that leaves main ends the program with its threads.
int main() {
  std::thread T(work);
  parse(1);
  T.join();
}

