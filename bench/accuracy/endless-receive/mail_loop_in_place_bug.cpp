// oracle: timeout
// Mail import: the reader loop stands in the function that owns the sender.
#include "channel.h"
#include <iostream>
#include <optional>
#include <string>
#include <thread>

struct Mail {
  std::string From;
  std::size_t Size;
};

std::size_t import(int Mails) {
  auto [Tx, Rx] = bb::channel<Mail>(4);
  std::optional<bb::SyncSender<Mail>> Own;
  Own.emplace(std::move(Tx));
  std::thread Server([Out = Own->clone(), Mails] {
    for (int I = 0; I < Mails; ++I)
      if (!Out.send({"user" + std::to_string(I), 10}))
        return;
  });
  std::size_t Bytes = 0;
  if (Mails == 0 || !Own->try_send({"self", 1})) {
    Own.reset();
    Server.join();
    return 0;
  }
  while (auto M = Rx.recv()) /*BUG*/
    Bytes += M->Size;
  Server.join();
  return Bytes;
}

int main() {
  std::size_t None = import(0);
  std::cout << None << '\n' << std::flush;
  std::size_t Bytes = import(5);
  std::cout << Bytes << '\n';
  return Bytes == 51 ? 0 : 1;
}
