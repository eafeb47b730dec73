// oracle: timeout
// Ledger: two accounts are locked at once inside a template.
#include "channel.h"
#include <iostream>
#include <mutex>
#include <string>
#include <thread>

struct Account {
  std::mutex M;
  long Cents = 0;
};

template <class Channel> class Bank {
public:
  explicit Bank(Channel Audit) : Audit_(std::move(Audit)) {}

  bool transfer(Account &From, Account &To, long Cents) {
    std::string Line = "transfer " + std::to_string(Cents);
    {
      std::scoped_lock Both(From.M, To.M);
      if (From.Cents < Cents)
        return false;
      From.Cents -= Cents;
      To.Cents += Cents;
      return Audit_.send(Line); /*BUG*/
    }
  }

  long balance(Account &A) {
    std::scoped_lock One(A.M);
    return A.Cents;
  }

private:
  Channel Audit_;
};

int main() {
  Account Ann, Bo;
  Ann.Cents = 1000;
  auto [Tx, Rx] = bb::channel<std::string>(1);
  Bank<bb::SyncSender<std::string>> B(std::move(Tx));
  long Least = 1000;
  std::thread Auditor([&, Lines = std::move(Rx)] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    Least = B.balance(Ann);
    for (int I = 0; I < 10; ++I)
      if (Lines.recv())
        Least = std::min(Least, B.balance(Ann));
  });
  int Done = 0;
  for (int I = 0; I < 10; ++I)
    Done += B.transfer(Ann, Bo, 100);
  Auditor.join();
  std::cout << Done << ' ' << Least << ' ' << B.balance(Bo) << '\n';
  return B.balance(Bo) == 1000 ? 0 : 1;
}
