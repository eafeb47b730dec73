// RUN: %lint borrow-double-lock

#include <algorithm>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

// Function objects that come back to the lock: calling them under it is wrong,
// copying, moving and asking for them is not.
class Signal {
public:
  void count() {
    std::lock_guard<std::mutex> Lock(M);  // expected-note {{locked again here, inside the callee}}
    ++Count;
  }
  void connect(std::function<void()> F) {
    std::lock_guard<std::mutex> Lock(M);
    Slot = std::move(F);
  }
  void bad_called() {
    std::lock_guard<std::mutex> Lock(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'Lock'}}
    Slot();  // expected-warning {{this call locks 'M', which this thread holds already}}
  }
  void ok_copied() {
    std::unique_lock<std::mutex> Lock(M);
    auto Copy = Slot;
    Lock.unlock();
    Copy();
  }
  void ok_moved() {
    std::unique_lock<std::mutex> Lock(M);
    if (!Slot)
      return;
    std::function<void()> Mine(std::move(Slot));
    Lock.unlock();
    Mine();
  }
  bool ok_asked() {
    std::lock_guard<std::mutex> Lock(M);
    return bool(Slot);
  }

private:
  std::mutex M;
  std::function<void()> Slot;
  int Count = 0;
};

void connect() {
  Signal S;
  S.connect([&S] { S.count(); });
  S.bad_called();
}

// A closure that takes what it is lent as `auto &`.

template <class T> class Monitor {
public:
  template <class F> auto with(F &&Use) {
    std::lock_guard<std::mutex> Lock(M);  // expected-note {{locked again here, inside the callee}}
    return std::forward<F>(Use)(Value);
  }

private:
  std::mutex M;
  T Value;
};

class Sessions {
public:
  int count() {
    return Open.with([](auto &Ids) { return Ids.size(); });
  }
  void bad_generic() {
    Open.with([&](auto &Ids) { Ids.push_back(count()); });
    // expected-warning@-1 {{this call locks 'Open.M', which this thread holds already}}
    // expected-note@-2 {{first locked here}}
    // expected-note@-3 {{kept by a temporary until the end of the full expression}}
    // expected-note@-4 {{the closure is called here}}
  }
  void ok_generic() {
    int Count = count();
    Open.with([&](auto &Ids) { Ids.push_back(Count); });
  }

private:
  Monitor<std::vector<int>> Open;
};

void instantiate(Sessions &S) {
  S.bad_generic();
  S.ok_generic();
}

// What a closure assigns is not known afterwards.

void bad_set_by_closure(std::mutex &M, const std::vector<int> &Ids) {
  bool Found = false;
  auto Look = [&](int Id) { Found = Id == 1; };
  for (int Id : Ids)
    Look(Id);
  M.lock();  // expected-note {{first locked here}}
  if (Found)
    M.lock();  // expected-warning {{locking 'M', which this thread holds already}}
  M.unlock();
}

void ok_not_set(std::mutex &M, const std::vector<int> &Ids) {
  bool Found = false;
  auto Look = [](int Id) { return Id == 1; };
  for (int Id : Ids)
    Look(Id);
  M.lock();
  if (Found)
    M.lock();
  M.unlock();
}

// Closures that a method of the class keeps in its own object.
class Property {
public:
  int get() {
    std::lock_guard<std::mutex> Lock(M);  // expected-note {{locked again here, inside the callee}}
    return Value;
  }
  void mirror(int &Out) {
    std::lock_guard<std::mutex> Lock(M);
    Slots.push_back([this, &Out] { Out = get(); });
  }
  void bad_set(int New) {
    std::lock_guard<std::mutex> Lock(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'Lock'}}
    Value = New;
    for (auto &Slot : Slots)
      Slot();  // expected-warning {{this call locks 'M', which this thread holds already}}
  }
  void ok_set(int New) {
    std::vector<std::function<void()>> Copy;
    {
      std::lock_guard<std::mutex> Lock(M);
      Value = New;
      Copy = Slots;
    }
    for (auto &Slot : Copy)
      Slot();
  }

private:
  std::mutex M;
  int Value = 0;
  std::vector<std::function<void()>> Slots;
};

// Another list may be meant.
class Queue {
public:
  void later() {
    Tasks.push_back([this] {
      std::lock_guard<std::mutex> Lock(M);
      ++Done;
    });
  }
  void ok_notify() {
    std::lock_guard<std::mutex> Lock(M);
    for (auto &Watch : Watchers)
      Watch();
  }

private:
  std::mutex M;
  int Done = 0;
  std::vector<std::function<void()>> Tasks, Watchers;
};

// A function that the callee passes on to an algorithm.

class Bag {
public:
  int weight() const {
    std::lock_guard<std::mutex> Lock(M);
    // expected-note@-1 2 {{locked again here, inside the callee}}
    return Weight;
  }
  void removeIf(const std::function<bool(int)> &Unwanted) {
    std::lock_guard<std::mutex> Lock(M);
    std::remove_if(Items.begin(), Items.end(), Unwanted);
  }
  template <class P> bool contains(P Wanted) const {
    std::lock_guard<std::mutex> Lock(M);
    return std::find_if(Items.begin(), Items.end(), Wanted) != Items.end();
  }

private:
  mutable std::mutex M;
  std::vector<int> Items;
  int Weight = 0;
};

void bad_in_algorithm(Bag &B) {
  B.removeIf([&](int Item) { return B.weight() > Item; });
  // expected-warning@-1 {{this call locks 'B.M', which this thread holds already}}
  // expected-note@-2 {{first locked here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
  // expected-note@-4 {{the closure is called here}}
}

void ok_in_algorithm(Bag &B) {
  int Weight = B.weight();
  B.removeIf([&](int Item) { return Weight > Item; });
}

bool bad_in_template(Bag &B) {
  return B.contains([&](int Item) { return B.weight() > Item; });
  // expected-warning@-1 {{this call locks 'B.M', which this thread holds already}}
  // expected-note@-2 {{first locked here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
  // expected-note@-4 {{the closure is called here}}
}

bool ok_other_in_algorithm(Bag &B, const Bag &Other) {
  return B.contains([&](int Item) { return Other.weight() > Item; });
}

// A closure that the object stores itself.

class Download {
public:
  Download() : Started([this] { received(); }) {
    Progress = [this](int) { received(); };
    Finished = [this] { ++Percent; };
  }
  void bad_assigned(int Bytes) {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    Bytes += Percent;
    Progress(Bytes);  // expected-warning {{this call locks 'M', which this thread holds already}}
  }
  void bad_initialised() {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    Started();  // expected-warning {{this call locks 'M', which this thread holds already}}
  }
  void ok_other() {
    std::lock_guard<std::mutex> L(M);
    Finished();
  }
  void ok_unlocked(int Bytes) {
    std::unique_lock<std::mutex> L(M);
    Bytes += Percent;
    L.unlock();
    Progress(Bytes);
  }
  int received() {
    std::lock_guard<std::mutex> L(M);  // expected-note 2 {{locked again here, inside the callee}}
    return Percent;
  }

private:
  std::mutex M;
  int Percent = 0;
  std::function<void(int)> Progress;
  std::function<void()> Started, Finished;
};

// What a base class leaves open, and one class completes.

class Node {
public:
  void bad_update() {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    ++Version;
    apply();  // expected-warning {{this call locks 'M', which this thread holds already}}
  }
  void ok_update() {
    std::lock_guard<std::mutex> L(M);
    draw();
  }
  int version() {
    std::lock_guard<std::mutex> L(M);  // expected-note {{locked again here, inside the callee}}
    return Version;
  }

protected:
  virtual void apply() = 0;
  virtual void draw() = 0;

private:
  std::mutex M;
  int Version = 0;
};

class Label : public Node {
protected:
  void apply() override { version(); }
  void draw() override {}
};

class Icon : public Label {
protected:
  void draw() override { version(); }
};
