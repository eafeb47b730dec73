// oracle: timeout
// Bank account: a public method calls another public method under the lock.
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

class Account {
public:
  explicit Account(long Cents) : Cents_(Cents) {}

  long balance() const {
    std::lock_guard<std::mutex> Lock(M_);
    return Cents_;
  }

  bool withdraw(long Cents) {
    std::lock_guard<std::mutex> Lock(M_);
    if (Cents_ < Cents)
      return false;
    Cents_ -= Cents;
    remember(-Cents);
    return true;
  }

  std::size_t entries() const {
    std::lock_guard<std::mutex> Lock(HistoryM_);
    return History_.size();
  }

private:
  void remember(long Cents) {
    std::lock_guard<std::mutex> Lock(HistoryM_);
    History_.push_back(Cents);
  }

  mutable std::mutex M_, HistoryM_;
  long Cents_;
  std::vector<long> History_;
};

int main() {
  Account A(1000);
  bool Good = A.withdraw(300);
  std::thread Other([&A] { A.withdraw(100); });
  Other.join();
  Good &= !A.withdraw(5000);
  std::cout << A.balance() << ' ' << A.entries() << '\n';
  return Good && A.balance() == 600 ? 0 : 1;
}
