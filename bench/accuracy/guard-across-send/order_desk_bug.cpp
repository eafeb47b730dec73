// oracle: timeout
// Trading desk: quotes are asked for over a channel; the book is locked by
// hand with lock() and unlock().
#include "channel.h"
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>

struct Book {
  std::mutex M;
  std::map<std::string, int> Prices;
};

int priceOf(Book &B, const std::string &Symbol) {
  B.M.lock();
  int Price = B.Prices.count(Symbol) ? B.Prices[Symbol] : -1;
  B.M.unlock();
  return Price;
}

bool update(Book &B, const bb::Receiver<int> &Quotes, const std::string &Sym) {
  B.M.lock();
  if (Sym.empty()) {
    B.M.unlock();
    return false;
  }
  auto Quote = Quotes.recv(); /*BUG*/
  if (Quote)
    B.Prices[Sym] = *Quote;
  B.M.unlock();
  return Quote.has_value();
}

int main() {
  Book B;
  B.Prices["abc"] = 10;
  auto [AskTx, AskRx] = bb::channel<std::string>();
  auto [QuoteTx, QuoteRx] = bb::channel<int>();
  std::thread Maker([&B, Ask = std::move(AskRx), Quote = std::move(QuoteTx)] {
    while (auto Symbol = Ask.recv()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      if (!Quote.send(priceOf(B, *Symbol) + 1))
        return;
    }
  });
  {
    auto Ask = std::move(AskTx);
    for (int I = 0; I < 3; ++I)
      if (Ask.send("abc"))
        update(B, QuoteRx, "abc");
  }
  Maker.join();
  std::cout << priceOf(B, "abc") << '\n';
  return priceOf(B, "abc") == 13 ? 0 : 1;
}
