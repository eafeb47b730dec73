// oracle: timeout
// Device manager: listeners are objects behind an interface.
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

struct Listener {
  virtual ~Listener() = default;
  virtual void added(const std::string &Device) = 0;
};

class Manager {
public:
  void listen(std::shared_ptr<Listener> L) {
    std::scoped_lock Lock(M_);
    Listeners_.push_back(std::move(L));
  }
  void plug(const std::string &Device) {
    std::unique_lock Lock(M_);
    Devices_.push_back(Device);
    auto Listeners = Listeners_;
    Lock.unlock();
    for (const auto &L : Listeners)
      L->added(Device);
  }
  std::size_t count() const {
    std::scoped_lock Lock(M_);
    return Devices_.size();
  }

private:
  mutable std::mutex M_;
  std::vector<std::shared_ptr<Listener>> Listeners_;
  std::vector<std::string> Devices_;
};

class Counter : public Listener {
public:
  explicit Counter(const Manager &M) : M_(M) {}
  void added(const std::string &) override { Seen += M_.count(); }
  std::size_t Seen = 0;

private:
  const Manager &M_;
};

int main() {
  Manager M;
  auto C = std::make_shared<Counter>(M);
  M.listen(C);
  M.plug("mouse");
  M.plug("keyboard");
  std::cout << C->Seen << '\n';
  return C->Seen == 3 ? 0 : 1;
}
